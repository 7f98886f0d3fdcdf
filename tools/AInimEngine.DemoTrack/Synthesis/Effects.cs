using AInimEngine.DemoTrack.Mixing;

namespace AInimEngine.DemoTrack.Synthesis;

/// <summary>Sounds that lead from one part to the next.</summary>
public static class Effects
{
    /// <summary>Noise and a tone that rise from <paramref name="start"/> to <paramref name="end"/>, then stop.</summary>
    public static void Riser(Bus bus, int start, int end, ulong stream, double tone)
    {
        Noise left = new(stream), right = new(stream + 1);
        Svf bandLeft = default, bandRight = default;
        Oscillator a = new(0), b = new(0.5);
        int length = end - start, fade = Song.SampleRate / 100;
        for (int i = 0; i < length; i++)
        {
            double x = i / (double)length;
            if (i % 16 == 0)
            {
                double cutoff = Maths.Sweep(350, 9500, x);
                bandLeft.Set(cutoff, 1.4 + x);
                bandRight.Set(cutoff * 1.07, 1.4 + x);
            }
            bandLeft.Process(left.Next());
            bandRight.Process(right.Next());
            double step = Maths.Sweep(220, 880, x * x) / Song.SampleRate;
            double level = x * x * (1 - Maths.Smooth(length - fade, length, i));
            double tremolo = 0.75 + 0.25 * Maths.Cos(i / Song.StepLength * (x > 0.5 ? 1 : 0.5));
            bus.Add(start + i, level * (bandLeft.Band + tone * tremolo * a.Saw(step * 1.006)), level * (bandRight.Band + tone * tremolo * b.Saw(step * 0.994)));
        }
    }

    /// <summary>A cymbal played backwards that ends at <paramref name="end"/>.</summary>
    public static void Reverse(Bus bus, int end, double seconds, ulong stream)
    {
        Noise left = new(stream), right = new(stream + 1);
        Svf highLeft = default, highRight = default;
        highLeft.Set(3400, 0.7);
        highRight.Set(3600, 0.7);
        int length = (int)(seconds * Song.SampleRate), fade = Song.SampleRate / 200;
        for (int i = 0; i < length; i++)
        {
            highLeft.Process(left.Next());
            highRight.Process(right.Next());
            double level = Maths.Exp((i - length) / (0.28 * Song.SampleRate)) * (1 - Maths.Smooth(length - fade, length, i)) * Maths.Smooth(0, fade, i);
            bus.Add(end - length + i, highLeft.High * level, highRight.High * level);
        }
    }

    /// <summary>A low boom.</summary>
    public static void Impact(Bus bus, int start)
    {
        double phase = 0;
        for (int i = 0; i < Song.SampleRate * 2; i++)
        {
            double t = i / (double)Song.SampleRate;
            phase += (55 + 90 * Maths.Exp(-t / 0.09)) / Song.SampleRate;
            double value = Maths.Tanh(1.5 * Maths.Sin(phase) * Maths.Exp(-t / 0.42)) * Maths.Smooth(0, 0.002, t) * (1 - Maths.Smooth(1.5, 2, t));
            bus.Add(start + i, value, value);
        }
    }

    /// <summary>Air: soft noise under the whole track, so that silence is never digital before its end.</summary>
    public static void Air(Bus bus)
    {
        Noise left = new(9000), right = new(9001);
        Svf lowLeft = default, lowRight = default;
        lowLeft.Set(1800, 0.6);
        lowRight.Set(1900, 0.6);
        for (int i = 0; i < Song.Samples; i++)
        {
            lowLeft.Process(left.Next());
            lowRight.Process(right.Next());
            bus.Add(i, lowLeft.Low, lowRight.Low);
        }
    }
}
