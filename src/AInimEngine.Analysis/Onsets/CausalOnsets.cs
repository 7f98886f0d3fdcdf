using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Onsets;

/// <summary>
/// Onsets without looking ahead: SuperFlux over a window of 1024 samples each hop, which decides in the very hop in which
/// the curve rises over its past, not when it has peaked, and mostly tells it with the next. See <see cref="SpectralFlux"/>
/// for the curves.
/// </summary>
/// <remarks>
/// A curve fires when it is above all of the last 43 ms and above the mean of the last 100 ms by a threshold, and has not
/// fired in the last 43 ms (Boeck, Krebs and Schedl, "Evaluating the online capabilities of onset detection methods",
/// ISMIR 2012, eq. 7 and 8, without their look-ahead). Thresholds are those of best F on rendered compositions.
/// The window weighs what is newest least: of one and the same hit, the hop that decides hears a tenth or all, by where in
/// the hop it began. Its strength is therefore the rise over two hops: this one and the one before where that was rising
/// already, else this one and the next.
/// </remarks>
internal sealed class CausalOnsets : IStateful
{
    /// <summary>Samples under the window: a hit is heard 5 to 13 ms after it began; 2048 would need twice that.</summary>
    internal const int WindowSize = 1024;

    /// <summary>Samples from the beginning of an onset to the end of the hop that decides, as a rule.</summary>
    internal const int Late = 450;

    /// <summary>Of a threshold: a curve that was so much over its past in the hop before was rising then.</summary>
    private const float RisingShare = 0.3f;

    /// <summary>Hops that a peak must exceed, 43 ms; no two onsets of a curve are nearer.</summary>
    private const int Rest = 8;

    /// <summary>Hops whose mean a peak must exceed, 100 ms.</summary>
    private const int Past = 19;

    /// <summary>Over the whole band in decades summed over all filters, in the three in decades of their mean.</summary>
    private static readonly float[] s_thresholds = [1.5f, 0.15f, 0.04f, 0.04f];

    private readonly StereoSpectrum _spectrum = new(WindowSize);
    private readonly SpectralFlux _flux = new(WindowSize);
    private readonly float[] _curves = new float[SpectralFlux.Curves * Past];
    private readonly int[] _since = new int[SpectralFlux.Curves];

    // Of each curve: how strong the hop before was, and what an onset that waits for the next hop has so far (0: none does).
    private readonly float[] _before = new float[SpectralFlux.Curves], _waiting = new float[SpectralFlux.Curves], _ground = new float[SpectralFlux.Curves];
    private readonly bool[] _waited = new bool[SpectralFlux.Curves];
    private int _next;

    /// <summary>Makes it as in silence.</summary>
    internal CausalOnsets() => Reset();

    /// <summary>Hears the newest samples and writes the strength of the onset that each curve fires, or 0.</summary>
    /// <param name="left">At least <see cref="WindowSize"/> samples that end with the hop.</param>
    /// <param name="right">As many of the right channel.</param>
    /// <param name="fired"><see cref="SpectralFlux.Curves"/> floats, in the order of <see cref="OnsetBand"/>.</param>
    internal void Hear(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> fired)
    {
        _spectrum.Transform(left[^WindowSize..], right[^WindowSize..]);
        Span<float> strengths = stackalloc float[SpectralFlux.Curves];
        _flux.Process(_spectrum.Amplitude, strengths);
        for (int curve = 0; curve < SpectralFlux.Curves; curve++)
        {
            // The whole band is decided by all filters alike, and told in the unit of the feature: a third for each band.
            bool isWhole = curve == (int)OnsetBand.All;
            Verdict verdict = Decide(curve, isWhole ? _flux.Rise : strengths[curve], out float mean);
            fired[curve] = Tell(curve, verdict, strengths[curve], isWhole ? 0 : mean);
            _before[curve] = strengths[curve];
        }
        _next = (_next + 1) % Past;
    }

    /// <summary>Whether what a curve has just told was decided in the hop before.</summary>
    internal bool Waited(int curve) => _waited[curve];

    /// <inheritdoc/>
    public void Reset()
    {
        _flux.Reset();
        Array.Clear(_curves);
        Array.Fill(_since, Rest);
        Array.Clear(_before);
        Array.Clear(_waiting);
        Array.Clear(_ground);
        _next = 0;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.onsets.causal", 2);
        _flux.Save(writer);
        writer.Write<float>(_curves);
        writer.Write<int>(_since);
        writer.Write<float>(_before);
        writer.Write<float>(_waiting);
        writer.Write<float>(_ground);
        writer.Write(_next);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.onsets.causal", 2);
        _flux.Restore(reader);
        reader.Read<float>(_curves);
        reader.Read<int>(_since);
        reader.Read<float>(_before);
        reader.Read<float>(_waiting);
        reader.Read<float>(_ground);
        _next = reader.Read<int>();
    }

    private enum Verdict
    {
        None,
        Begins,
        WasRising,
    }

    private Verdict Decide(int curve, float strength, out float mean)
    {
        Span<float> past = _curves.AsSpan(curve * Past, Past);
        mean = VectorMath.Sum(past) / Past;
        float largest = 0, before = past[(_next - 1 + Past) % Past];
        for (int i = 1; i <= Rest; i++)
            largest = Math.Max(largest, past[(_next - i + Past) % Past]);
        past[_next] = strength;
        _since[curve] = Math.Min(_since[curve] + 1, Rest + 1);
        if (_since[curve] <= Rest || strength <= largest || strength < mean + s_thresholds[curve])
            return Verdict.None;
        _since[curve] = 0;
        return before >= mean + RisingShare * s_thresholds[curve] ? Verdict.WasRising : Verdict.Begins;
    }

    /// <summary>The strength that is told in this hop, or 0.</summary>
    private float Tell(int curve, Verdict verdict, float strength, float ground)
    {
        // No two verdicts come so near that one would still wait.
        _waited[curve] = _waiting[curve] > 0;
        if (_waited[curve])
        {
            float whole = _waiting[curve] + Math.Max(0, strength - _ground[curve]);
            _waiting[curve] = 0;
            return whole;
        }
        switch (verdict)
        {
            case Verdict.WasRising:
                return strength - ground + Math.Max(0, _before[curve] - ground);
            case Verdict.Begins:
                (_waiting[curve], _ground[curve]) = (strength - ground, ground);
                return 0;
            default:
                return 0;
        }
    }
}
