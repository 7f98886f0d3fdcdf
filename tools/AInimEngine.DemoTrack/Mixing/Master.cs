using AInimEngine.DemoTrack.Synthesis;

namespace AInimEngine.DemoTrack.Mixing;

/// <summary>What makes a mix a record: glue, drive, a ceiling, and an end in silence.</summary>
public static class Master
{
    private const double Ceiling = 0.80; // -1.9 dBFS: between samples and after encoding the wave stands higher
    private const int LookAhead = 144; // 3 ms

    /// <summary>Works in place.</summary>
    /// <param name="bus">The sum of everything.</param>
    /// <param name="drive">Factor before the soft clip.</param>
    public static void Finish(Bus bus, double drive)
    {
        bus.HighPass(_ => 27);
        Glue(bus);
        SoftClip(bus, drive);
        Limit(bus);
        int end = Song.Samples - Song.SampleRate / 10, fade = (int)(2.2 * Song.SampleRate);
        bus.Shape(i =>
        {
            double x = 1 - Math.Clamp((i - (end - fade)) / (double)fade, 0, 1);
            return x * x;
        });
    }

    /// <summary>Compresses 2:1 above -15 dB of slow level, so that the parts lean on each other.</summary>
    private static void Glue(Bus bus)
    {
        double level = 0, attack = 1 - Maths.Exp(-1 / (0.018 * Song.SampleRate)), release = 1 - Maths.Exp(-1 / (0.16 * Song.SampleRate));
        double threshold = Maths.Gain(-15), gain = 1;
        for (int i = 0; i < Song.Samples; i++)
        {
            double power = 0.5 * (bus.Left[i] * (double)bus.Left[i] + bus.Right[i] * (double)bus.Right[i]);
            level += (power - level) * (power > level ? attack : release);
            if (i % 8 == 0)
            {
                double rms = Math.Sqrt(level);
                gain = rms > threshold ? Math.Sqrt(threshold / rms) : 1;
            }
            bus.Left[i] = (float)(bus.Left[i] * gain);
            bus.Right[i] = (float)(bus.Right[i] * gain);
        }
    }

    // Straight below half, then a shoulder that reaches 1 at infinity.
    private static void SoftClip(Bus bus, double drive)
    {
        for (int i = 0; i < Song.Samples; i++)
        {
            bus.Left[i] = (float)Shoulder(bus.Left[i] * drive);
            bus.Right[i] = (float)Shoulder(bus.Right[i] * drive);
        }

        static double Shoulder(double x)
        {
            double size = Math.Abs(x);
            return size < 0.5 ? x : Math.Sign(x) * (0.5 + 0.5 * Maths.Tanh((size - 0.5) / 0.5));
        }
    }

    /// <summary>Keeps every sample below the ceiling: the least gain of the next 3 ms, smoothed by their mean.</summary>
    private static void Limit(Bus bus)
    {
        var wanted = new double[Song.Samples + 2 * LookAhead];
        Array.Fill(wanted, 1);
        double held = 1, recover = Maths.Exp(-1 / (0.09 * Song.SampleRate));
        for (int i = 0; i < Song.Samples; i++)
        {
            double peak = Math.Max(Math.Abs(bus.Left[i]), Math.Abs(bus.Right[i]));
            double need = peak > Ceiling ? Ceiling / peak : 1;
            held = Math.Min(need, 1 - (1 - held) * recover);
            wanted[i] = held;
        }
        // Backwards: a gain is needed from 3 ms before its peak.
        var least = new double[wanted.Length];
        var queue = new int[wanted.Length];
        int head = 0, tail = 0;
        for (int i = wanted.Length - 1; i >= 0; i--)
        {
            while (tail > head && wanted[queue[tail - 1]] >= wanted[i])
                tail--;
            queue[tail++] = i;
            while (queue[head] > i + LookAhead)
                head++;
            least[i] = wanted[queue[head]];
        }
        double sum = LookAhead;
        for (int i = 0; i < Song.Samples; i++)
        {
            // Mean of least over the last 3 ms: it has reached a peak's gain when the peak comes.
            sum += least[i] - (i >= LookAhead ? least[i - LookAhead] : 1);
            bus.Left[i] = (float)(bus.Left[i] * sum / LookAhead);
            bus.Right[i] = (float)(bus.Right[i] * sum / LookAhead);
        }
    }
}
