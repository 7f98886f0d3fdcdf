using AInimEngine.Core.Randomness;

namespace AInimEngine.Neural.Field;

/// <summary>Random numbers of one universe, a Philox stream for each draw, so that a draw never depends on another's length.</summary>
/// <param name="seed">The universe.</param>
internal sealed class FieldDraw(ulong seed)
{
    private ulong _stream;

    /// <summary>One number in [0, 1).</summary>
    public double Uniform() => Philox.Uniform(seed, ++_stream, 0);

    /// <summary>An index below <paramref name="count"/>.</summary>
    public int Index(int count) => (int)(Uniform() * count);

    /// <summary>Numbers in [0, scale).</summary>
    public double[] Uniform(int count, double scale = 1)
    {
        Span<float> values = stackalloc float[count];
        Philox.Uniform(seed, ++_stream, values);
        return Scaled(values, scale);
    }

    /// <summary>Normal numbers of a standard deviation.</summary>
    public double[] Normal(int count, double deviation = 1)
    {
        Span<float> values = stackalloc float[count];
        Philox.Normal(seed, ++_stream, values);
        return Scaled(values, deviation);
    }

    private static double[] Scaled(Span<float> values, double scale)
    {
        var scaled = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            scaled[i] = values[i] * scale;
        return scaled;
    }
}
