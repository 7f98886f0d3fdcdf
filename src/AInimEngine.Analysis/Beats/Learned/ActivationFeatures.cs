using System.Runtime.Intrinsics;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats.Learned;

/// <summary>
/// What the beat model is given of a spectrum: per band lg(1 + 100 x / loudest lately), and by how much it rose. The same
/// music gives the same numbers at any level above -100 dB.
/// </summary>
internal sealed class ActivationFeatures : IStateful
{
    /// <summary>Floats per frame: the bands and their rise.</summary>
    internal const int Count = 2 * ActivationBands.Count;

    private const float Gain = 100, Floor = 1e-5f;

    // The loudest mean amplitude lately, forgotten with 8 s.
    private const double MemorySeconds = 8;
    private static readonly float s_fall = (float)Math.Exp(-2.0 * Hop.Size / Hop.SampleRate / MemorySeconds);

    private readonly float[] _bands = new float[ActivationBands.Count], _before = new float[ActivationBands.Count];
    private float _level;

    /// <summary>Takes the next spectrum, 93.75 a second.</summary>
    /// <param name="amplitude"><see cref="StereoSpectrum.Bins"/> floats.</param>
    /// <param name="features"><see cref="Count"/> floats.</param>
    internal void Next(ReadOnlySpan<float> amplitude, Span<float> features)
    {
        ActivationBands.Sum(amplitude, _bands);
        NextBands(_bands, features);
    }

    /// <summary>As <see cref="Next"/>, from what <see cref="ActivationBands.Sum"/> gave.</summary>
    internal void NextBands(ReadOnlySpan<float> bands, Span<float> features)
    {
        float mean = VectorMath.Sum(bands) / ActivationBands.Count;
        if (!float.IsFinite(mean))
            mean = 0;
        _level = Math.Max(Math.Max(mean, Floor), _level * s_fall);
        Vector256<float> scale = Vector256.Create(Gain / _level), decimals = Vector256.Create((float)Math.Log10(2));
        for (int i = 0; i < ActivationBands.Count; i += 8)
        {
            // A band that is not a number is silent: the minimum is the bound when the comparison fails.
            Vector256<float> x = Vector256.Create(bands.Slice(i, 8)) * scale;
            x = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(1e9f)), x, Vector256<float>.Zero);
            Vector256<float> log = VectorMath.Log2(x + Vector256<float>.One) * decimals;
            Vector256<float> rise = Vector256.Max(log - Vector256.Create<float>(_before.AsSpan(i, 8)), Vector256<float>.Zero);
            log.CopyTo(features[i..]);
            rise.CopyTo(features[(ActivationBands.Count + i)..]);
            log.CopyTo(_before.AsSpan(i));
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _level = 0;
        Array.Clear(_before);
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.beats.features", 1);
        writer.Write(_level);
        writer.Write<float>(_before);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.beats.features", 1);
        _level = reader.Read<float>();
        reader.Read<float>(_before);
    }
}
