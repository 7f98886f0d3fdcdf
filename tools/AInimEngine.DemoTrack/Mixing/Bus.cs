using AInimEngine.DemoTrack.Synthesis;

namespace AInimEngine.DemoTrack.Mixing;

/// <summary>Two channels as long as the track.</summary>
public sealed class Bus
{
    /// <summary>Left, nominally -1..1.</summary>
    public float[] Left { get; } = new float[Song.Samples];

    /// <summary>Right, nominally -1..1.</summary>
    public float[] Right { get; } = new float[Song.Samples];

    /// <summary>Adds a sample; those outside the track are lost.</summary>
    public void Add(int index, double left, double right)
    {
        if ((uint)index >= (uint)Left.Length)
            return;
        Left[index] += (float)left;
        Right[index] += (float)right;
    }

    /// <summary>Adds another bus.</summary>
    public void Add(Bus other, double gain)
    {
        for (int i = 0; i < Left.Length; i++)
        {
            Left[i] += (float)(other.Left[i] * gain);
            Right[i] += (float)(other.Right[i] * gain);
        }
    }

    /// <summary>Multiplies by a curve over sample numbers.</summary>
    public Bus Shape(Func<int, double> gain)
    {
        for (int i = 0; i < Left.Length; i++)
        {
            double g = gain(i);
            Left[i] = (float)(Left[i] * g);
            Right[i] = (float)(Right[i] * g);
        }
        return this;
    }

    /// <summary>Low-pass whose cutoff follows a curve over sample numbers (Hz), updated every 16 samples.</summary>
    public Bus LowPass(Func<int, double> cutoff, double q = 0.707) => Filter(cutoff, q, low: true);

    /// <summary>High-pass whose cutoff follows a curve over sample numbers (Hz), updated every 16 samples.</summary>
    public Bus HighPass(Func<int, double> cutoff, double q = 0.707) => Filter(cutoff, q, low: false);

    /// <summary>Bell at <paramref name="frequency"/> that adds <paramref name="decibels"/>.</summary>
    public Bus Bell(double frequency, double decibels, double q)
    {
        Svf left = default, right = default;
        left.Set(frequency, q);
        right.Set(frequency, q);
        double amount = Maths.Gain(decibels) - 1;
        for (int i = 0; i < Left.Length; i++)
        {
            left.Process(Left[i]);
            right.Process(Right[i]);
            Left[i] += (float)(left.Band * amount);
            Right[i] += (float)(right.Band * amount);
        }
        return this;
    }

    private Bus Filter(Func<int, double> cutoff, double q, bool low)
    {
        Svf left = default, right = default;
        for (int i = 0; i < Left.Length; i++)
        {
            if (i % 16 == 0)
            {
                double hertz = cutoff(i);
                left.Set(hertz, q);
                right.Set(hertz, q);
            }
            left.Process(Left[i]);
            right.Process(Right[i]);
            Left[i] = (float)(low ? left.Low : left.High);
            Right[i] = (float)(low ? right.Low : right.High);
        }
        return this;
    }
}
