using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Onsets;

/// <summary>
/// Finds the peaks of the onset strength curves: larger than the three before, not smaller than the three after, and
/// above the median of the hops before the rise (Bello et al., "A tutorial on onset detection in music signals", IEEE
/// TSAP 13(5), 2005, section V). Its verdict comes <see cref="Delay"/> hops late.
/// </summary>
internal sealed class OnsetPicker : IStateful
{
    /// <summary>Hops between a spectrum and the verdict on it: no two onsets of a curve are nearer than 21 ms.</summary>
    internal const int Delay = 3;

    /// <summary>Less than this is no onset: a mean rise of 2 percent of a decade.</summary>
    internal const float Faintest = 0.02f;

    private const int Length = 32, MedianCount = 21;
    private readonly float[] _curves = new float[SpectralFlux.Curves * Length];
    private int _newest;

    /// <summary>Where the strengths of the next hop go, one of each curve at a time.</summary>
    internal void Add(ReadOnlySpan<float> strengths)
    {
        _newest = (_newest + 1) % Length;
        for (int curve = 0; curve < SpectralFlux.Curves; curve++)
            _curves[curve * Length + _newest] = strengths[curve];
    }

    /// <summary>Strength above the median of the onset <see cref="Delay"/> hops ago, or 0.</summary>
    internal float Pick(int curve)
    {
        ReadOnlySpan<float> values = _curves.AsSpan(curve * Length, Length);
        float peak = At(values, Delay);
        if (peak < Faintest)
            return 0;
        for (int i = 1; i <= Delay; i++)
        {
            if (At(values, Delay + i) >= peak || At(values, Delay - i) > peak)
                return 0;
        }
        Span<float> before = stackalloc float[MedianCount];
        for (int i = 0; i < MedianCount; i++)
            before[i] = At(values, Delay + 4 + i);
        before.Sort();
        float strength = peak - before[MedianCount / 2];
        return strength < Faintest ? 0 : strength;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_curves);
        _newest = 0;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.picker", 1);
        writer.Write<float>(_curves);
        writer.Write(_newest);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.picker", 1);
        reader.Read<float>(_curves);
        _newest = reader.Read<int>();
    }

    private float At(ReadOnlySpan<float> values, int hopsAgo) => values[(_newest - hopsAgo + Length) % Length];
}
