using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Onsets;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>
/// The analysis itself: takes sound half a hop at a time and gives the features of each hop once nothing that is heard
/// later can change them. Hop n is the samples [256 n, 256 n + 256).
/// </summary>
/// <remarks>
/// Counted in halves, h = 0, 1, ...: with the odd half 2n + 1 hop n is complete in time. With the even half 2n + 8 the
/// 2048 samples centred on hop n are there, which is spectrum n. Three spectra later it is known whether spectrum n was
/// the peak of an onset, which then begins somewhere in hops n to n + 4. Hop n is given with spectrum n + 7, when the
/// onsets of hops n to n + 4 are known: those in n are its own, and those behind it say whether its window has already
/// heard what is still to come.
/// </remarks>
/// <param name="listeners">Hear every spectrum as well; they keep their own state.</param>
internal sealed class HopAnalyzer(params ISpectrumListener[] listeners) : IStateful
{
    /// <summary>Samples by which a hop is given after its end: 56 ms.</summary>
    internal const int Latency = (2 * GivenAfter + SpectrumAfter - 1) * Hop.Half;

    /// <summary>An onset at least this strong ends the spectrum that was heard before it.</summary>
    internal const float Decisive = 0.1f;

    private const int SpectrumAfter = 8, GivenAfter = 7, Slots = 32;

    private readonly StereoSpectrum _spectrum = new();
    private readonly BandMap _broad = new(BandEdges.Broad), _fine = new(BandEdges.Fine);
    private readonly SampleHistory _history = new();
    private readonly KWeighting _weighting = new();
    private readonly MomentaryLoudness _loudness = new();
    private readonly SilenceGate _gate = new();
    private readonly SpectralFlux _flux = new();
    private readonly OnsetPicker _picker = new();
    private readonly RiseLocator _locator = new();
    private readonly float[] _pending = new float[Slots * Slot.Count];

    private long _half;
    private double _square, _weighted;
    private float _peak;

    /// <summary>Takes the next <see cref="Hop.Half"/> samples, interleaved and finite; true when a hop was given.</summary>
    internal bool Push(ReadOnlySpan<float> stereo, FeatureFrame hop)
    {
        _history.Append(stereo);
        Hear(stereo);
        long half = _half++;
        if (half % 2 == 1)
        {
            EndHop((half - 1) / 2);
            return false;
        }
        long spectrum = (half - SpectrumAfter) / 2;
        Look(spectrum);
        FindOnsets(spectrum - OnsetPicker.Delay);
        if (spectrum < GivenAfter)
            return false;
        Give(spectrum - GivenAfter, hop);
        return true;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _half = 0;
        _square = _weighted = 0;
        _peak = 0;
        Array.Clear(_pending);
        _history.Reset();
        _weighting.Reset();
        _loudness.Reset();
        _gate.Reset();
        _flux.Reset();
        _picker.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.hops", 1);
        writer.Write(_half);
        writer.Write(_square);
        writer.Write(_weighted);
        writer.Write(_peak);
        writer.Write<float>(_pending);
        _history.Save(writer);
        _weighting.Save(writer);
        _loudness.Save(writer);
        _gate.Save(writer);
        _flux.Save(writer);
        _picker.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.hops", 1);
        _half = reader.Read<long>();
        _square = reader.Read<double>();
        _weighted = reader.Read<double>();
        _peak = reader.Read<float>();
        reader.Read<float>(_pending);
        _history.Restore(reader);
        _weighting.Restore(reader);
        _loudness.Restore(reader);
        _gate.Restore(reader);
        _flux.Restore(reader);
        _picker.Restore(reader);
    }

    private Span<float> Pending(long hop) => _pending.AsSpan((int)(hop % Slots) * Slot.Count, Slot.Count);

    private void Hear(ReadOnlySpan<float> stereo)
    {
        _square += VectorMath.Dot(stereo, stereo);
        _weighted += _weighting.Energy(stereo);
        foreach (float x in stereo)
            _peak = Math.Max(_peak, Math.Abs(x));
    }

    private void EndHop(long n)
    {
        Span<float> features = Pending(n);
        features.Clear();
        float rms = (float)Math.Sqrt(_square / (Hop.Size * Hop.Channels));
        features[Slot.Rms] = rms;
        features[Slot.Peak] = _peak;
        features[Slot.Loudness] = _loudness.Add(_weighted);
        features[Slot.Audible] = _gate.Hear(rms) ? 1 : 0;
        _square = _weighted = 0;
        _peak = 0;
    }

    private void Look(long n)
    {
        _spectrum.Transform(_history.Left[^Hop.WindowSize..], _history.Right[^Hop.WindowSize..]);
        Span<float> strengths = stackalloc float[SpectralFlux.Curves];
        _flux.Process(_spectrum.Amplitude, strengths);
        _picker.Add(strengths);
        if (n < 0)
            return;
        foreach (ISpectrumListener listener in listeners)
            listener.Hear(n, _spectrum.Power, _spectrum.Amplitude);
        Span<float> features = Pending(n);
        _broad.Rms(_spectrum.Power, features.Slice(Slot.Bass, Slot.BroadCount));
        _fine.Rms(_spectrum.Power, features.Slice(Slot.Fine, BandEdges.FineCount));
        features[Slot.Centroid] = SpectralShape.Centroid(_spectrum.Amplitude);
        features[Slot.Flatness] = SpectralShape.Flatness(_spectrum.Power);
        Chroma.Fold(_spectrum.Power, features.Slice(Slot.Chroma, Chroma.Classes));
    }

    private void FindOnsets(long spectrum)
    {
        long onset = -1;
        for (int curve = 0; curve < SpectralFlux.Curves; curve++)
        {
            float strength = _picker.Pick(curve);
            if (strength == 0)
                continue;
            if (onset < 0 && (onset = Locate(spectrum)) < 0)
                return;
            Span<float> features = Pending(onset / Hop.Size);
            if (strength <= features[Slot.Onset + curve])
                continue;
            features[Slot.Onset + curve] = strength;
            features[Slot.OnsetAt + curve] = onset % Hop.Size;
        }
    }

    private long Locate(long spectrum)
    {
        // Three hops of sound have come since the end of that spectrum's window: as much as the locator looks ahead.
        const int Needed = RiseLocator.Before + RiseLocator.After;
        int position = _locator.Locate(_history.Left[^Needed..], _history.Right[^Needed..]);
        return position == 0 ? -1 : Math.Max(0, spectrum * Hop.Size + (SpectrumAfter + 1) * Hop.Half + position);
    }

    private void Give(long n, FeatureFrame hop)
    {
        Span<float> features = Pending(n);
        if (n > 0 && HearsWhatIsToCome(n))
            Pending(n - 1).Slice(Slot.SpectralFirst, Slot.SpectralCount).CopyTo(features[Slot.SpectralFirst..]);
        hop.Values.AsSpan(0, FeatureTable.RawOffset).Clear();
        features.CopyTo(hop.Values.AsSpan(FeatureTable.RawOffset));
        hop.FirstSample = n * Hop.Size;
        hop.SampleCount = Hop.Size;
    }

    /// <summary>
    /// Whether the hop's window reaches into an onset behind the hop. Not when an onset has just been: then what lies
    /// between the two is better seen blurred than not at all.
    /// </summary>
    private bool HearsWhatIsToCome(long n)
    {
        for (long before = Math.Max(0, n - 3); before <= n; before++)
        {
            if (Pending(before)[Slot.Onset] >= Decisive)
                return false;
        }
        long end = n * Hop.Size + (SpectrumAfter + 1) * Hop.Half;
        for (long after = n + 1; after * Hop.Size < end; after++)
        {
            ReadOnlySpan<float> features = Pending(after);
            if (features[Slot.Onset] >= Decisive && after * Hop.Size + (long)features[Slot.OnsetAt] < end)
                return true;
        }
        return false;
    }
}
