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
/// <param name="bands">Bands that the preset asks for.</param>
/// <param name="onsets">Is given every onset at its sample; keeps its own state.</param>
/// <param name="listeners">Hear every spectrum as well; they keep their own state.</param>
internal sealed class HopAnalyzer(FreeBands bands, OnsetCollector? onsets, params ISpectrumListener[] listeners) : IStateful
{
    /// <summary>Samples by which a hop is given after its end: 56 ms.</summary>
    internal const int Latency = (2 * GivenAfter + SpectrumAfter - 1) * Hop.Half;

    /// <summary>An onset at least this strong ends the spectrum that was heard before it.</summary>
    internal const float Decisive = 0.1f;

    private const int SpectrumAfter = 8, GivenAfter = 7, Slots = 32;

    private readonly StereoSpectrum _spectrum = new();
    private readonly SoundMeter _sound = new();
    private readonly SpectrumMeter _meter = new(bands);
    private readonly SampleHistory _history = new();
    private readonly SpectralFlux _flux = new();
    private readonly OnsetPicker _picker = new();
    private readonly RiseLocator _locator = new();
    private readonly float[] _pending = new float[Slots * Slot.Count];

    private long _half;

    /// <summary>Takes the next <see cref="Hop.Half"/> samples, interleaved and finite; true when a hop was given.</summary>
    internal bool Push(ReadOnlySpan<float> stereo, FeatureFrame hop)
    {
        _history.Append(stereo);
        _sound.Hear(stereo);
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
        Array.Clear(_pending);
        _history.Reset();
        _sound.Reset();
        _meter.Reset();
        _flux.Reset();
        _picker.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.hops", 2);
        writer.Write(_half);
        writer.Write<float>(_pending);
        _history.Save(writer);
        _sound.Save(writer);
        _meter.Save(writer);
        _flux.Save(writer);
        _picker.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.hops", 2);
        _half = reader.Read<long>();
        reader.Read<float>(_pending);
        _history.Restore(reader);
        _sound.Restore(reader);
        _meter.Restore(reader);
        _flux.Restore(reader);
        _picker.Restore(reader);
    }

    private Span<float> Pending(long hop) => _pending.AsSpan((int)(hop % Slots) * Slot.Count, Slot.Count);

    private void EndHop(long n)
    {
        Span<float> features = Pending(n);
        features.Clear();
        _sound.End(features);
    }

    private void Look(long n)
    {
        _spectrum.Transform(_history.Left[^Hop.WindowSize..], _history.Right[^Hop.WindowSize..]);
        Span<float> strengths = stackalloc float[SpectralFlux.Curves];
        _flux.Process(_spectrum.Amplitude, strengths);
        _picker.Add(strengths);
        onsets?.Hear(n, _flux.Rise, strengths[1..]);
        if (n < 0)
            return;
        foreach (ISpectrumListener listener in listeners)
            listener.Hear(n, _spectrum.Power, _spectrum.Amplitude);
        _meter.Measure(_spectrum.Power, _spectrum.Amplitude, strengths[0], Pending(n));
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
            onsets?.Locate(onset);
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
        {
            Pending(n - 1).Slice(Slot.SpectralFirst, Slot.SpectralCount).CopyTo(features[Slot.SpectralFirst..]);
            Pending(n - 1).Slice(Slot.SpectralSecond, Slot.SpectralSecondCount).CopyTo(features[Slot.SpectralSecond..]);
        }
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
