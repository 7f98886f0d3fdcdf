using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Onsets;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>
/// Live sound in, one feature frame per hop of 256 samples out, at once: what is given speaks of sound up to the end of
/// the hop and waits for nothing behind it. Same layout as <see cref="FrameFeatures"/>, raw and normalised; the ranges are
/// learned on the way. The features are the same bits however the sound is cut into blocks. Not thread-safe; allocates
/// nothing once it has seen its largest block.
/// </summary>
/// <remarks>
/// Write a block, then read until there is nothing more. Level, loudness and image are those of the hop. Spectral features
/// come from the 2048 samples that end with the hop: their middle lies 21 ms back, and a change is half seen there after
/// as long. Onsets are decided by <see cref="CausalOnsets"/>, less than 15 ms after they began; "onset.at" is 0, since an
/// onset lies before the hop that tells of it: <see cref="Onsets"/> has its sample.
/// </remarks>
public sealed class LiveAnalyzer : IStateful
{
    private readonly SampleFifo _fifo = new();
    private readonly SampleHistory _history = new();
    private readonly SoundMeter _sound = new();
    private readonly StereoSpectrum _spectrum = new();
    private readonly SpectralFlux _flux = new();
    private readonly SpectrumMeter _meter;
    private readonly CausalOnsets _causal = new();
    private readonly Normalizer _normalizer = new(new RunningRanges());
    private readonly ISpectrumListener[] _listeners;
    private readonly LiveOnset[] _onsets = new LiveOnset[SpectralFlux.Curves];
    private int _onsetCount;
    private long _hop;

    /// <summary>Makes the stage as in silence.</summary>
    /// <param name="bands">Bands that the preset asks for; none when null.</param>
    public LiveAnalyzer(FreeBands? bands = null)
        : this([], bands)
    {
    }

    /// <summary>The same, and the beats are followed.</summary>
    /// <param name="beats">Hears every spectrum, and is asked after every hop. It keeps its own state: save and restore it beside the analyser.</param>
    /// <param name="bands">Bands that the preset asks for; none when null.</param>
    public LiveAnalyzer(LiveBeats beats, FreeBands? bands = null)
        : this([beats], bands)
    {
    }

    /// <summary>
    /// The same, and <paramref name="listeners"/> hear every spectrum: that of hop n is of the 2048 samples up to the end
    /// of the hop, not centred on it. They keep their own state.
    /// </summary>
    internal LiveAnalyzer(ISpectrumListener[] listeners, FreeBands? bands = null)
    {
        _listeners = listeners;
        _meter = new SpectrumMeter(bands ?? FreeBands.None);
    }

    /// <summary>Position of the next sample to be analysed; after <see cref="Restore"/>, where the next block must begin.</summary>
    public long NextSample => _fifo.Position;

    /// <summary>The onsets that the hop read last has decided, at most one of each band. Valid until the next read.</summary>
    public ReadOnlySpan<LiveOnset> Onsets => _onsets.AsSpan(0, _onsetCount);

    /// <summary>From the next hop on, the bands are those of another preset; their ranges are learned on.</summary>
    public void Listen(FreeBands bands) => _meter.Listen(bands);

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    /// <exception cref="ArgumentException">Another rate, other channels, or a gap.</exception>
    public void Write(in AudioBlock block) => _fifo.Write(block);

    /// <summary>Reads the next hop, if all of its samples have come, into both halves of <see cref="FeatureTable.Layout"/>.</summary>
    public bool TryRead(FeatureFrame hop)
    {
        if (!_fifo.TryTake(Hop.Size, out ReadOnlySpan<float> samples))
            return false;
        _history.Append(samples);
        hop.FirstSample = _hop * Hop.Size;
        hop.SampleCount = Hop.Size;
        Span<float> raw = hop.Values.AsSpan(FeatureTable.RawOffset);
        raw.Clear();
        _sound.Hear(samples);
        _sound.End(raw);
        Look(raw);
        FindOnsets(raw[Slot.Onset..]);
        _normalizer.Apply(hop);
        _hop++;
        return true;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fifo.Restart(0);
        _history.Reset();
        _sound.Reset();
        _flux.Reset();
        _meter.Reset();
        _causal.Reset();
        _normalizer.Reset();
        (_hop, _onsetCount) = (0, 0);
    }

    /// <summary>Writes the state after the last hop read. Sound that waits is not part of it: write it again from <see cref="NextSample"/>.</summary>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.live", 1);
        writer.Write(_hop);
        _history.Save(writer);
        _sound.Save(writer);
        _flux.Save(writer);
        _meter.Save(writer);
        _causal.Save(writer);
        _normalizer.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.live", 1);
        _hop = reader.Read<long>();
        _fifo.Restart(_hop * Hop.Size);
        _onsetCount = 0;
        _history.Restore(reader);
        _sound.Restore(reader);
        _flux.Restore(reader);
        _meter.Restore(reader);
        _causal.Restore(reader);
        _normalizer.Restore(reader);
    }

    private void Look(Span<float> raw)
    {
        _spectrum.Transform(_history.Left[^Hop.WindowSize..], _history.Right[^Hop.WindowSize..]);
        foreach (ISpectrumListener listener in _listeners)
            listener.Hear(_hop, _spectrum.Power, _spectrum.Amplitude);
        Span<float> strengths = stackalloc float[SpectralFlux.Curves];
        _flux.Process(_spectrum.Amplitude, strengths);
        _meter.Measure(_spectrum.Power, _spectrum.Amplitude, strengths[0], raw);
    }

    private void FindOnsets(Span<float> fired)
    {
        _causal.Hear(_history.Left, _history.Right, fired);
        _onsetCount = 0;
        for (int curve = 0; curve < SpectralFlux.Curves; curve++)
        {
            if (fired[curve] > 0)
                _onsets[_onsetCount++] = new LiveOnset((OnsetBand)curve, Math.Max(0, (_hop + (_causal.Waited(curve) ? 0 : 1)) * Hop.Size - CausalOnsets.Late), fired[curve]);
        }
    }
}
