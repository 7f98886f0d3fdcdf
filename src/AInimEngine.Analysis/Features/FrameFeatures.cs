using AInimEngine.Analysis.Onsets;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Features;

/// <summary>
/// Sound in, one raw feature frame per picture out: frame k holds what is heard in [k/fps, (k+1)/fps), and nothing else.
/// </summary>
/// <remarks>
/// RMS and peak are those of the frame's own samples. Spectral features are averaged over the part of each hop that lies
/// in the frame; where an onset begins inside a hop, its part before the onset counts with the spectrum before. Onsets
/// belong to the frame that holds the sample at which they begin. Not thread-safe; allocates nothing once it has seen its
/// largest block.
/// </remarks>
public sealed class FrameFeatures : IStateful
{
    private readonly SampleFifo _fifo = new();
    private readonly HopAnalyzer _analyzer;
    private readonly FeatureFrame _hop = new(FeatureTable.Layout);
    private readonly FrameBlend _blend = new();
    private readonly FrameMeter _meter;
    private readonly Rational _samplesPerFrame;
    private readonly long _offset;
    private long _next, _hearing, _total = long.MaxValue;
    private bool _hopWaits;

    /// <summary>Makes the stage at frame 0.</summary>
    /// <param name="timeline">Frame rate, 1 to 1000, at 48 kHz.</param>
    /// <param name="syncOffset">
    /// Samples by which pictures come later than the sound they show; negative: earlier. Frame k shows the sound of
    /// [k/fps, (k+1)/fps) less this.
    /// </param>
    /// <param name="bands">Bands that the preset asks for; none when null.</param>
    public FrameFeatures(FrameTimeline timeline, long syncOffset = 0, FreeBands? bands = null)
        : this(timeline, syncOffset, [], bands)
    {
    }

    /// <summary>The same; <paramref name="listeners"/> hear every spectrum, <paramref name="onsets"/> every onset.</summary>
    internal FrameFeatures(FrameTimeline timeline, long syncOffset, ISpectrumListener[] listeners, FreeBands? bands = null, OnsetCollector? onsets = null)
    {
        _analyzer = new HopAnalyzer(bands ?? FreeBands.None, onsets, listeners);
        if (timeline.SampleRate != Hop.SampleRate)
            throw new ArgumentException($"analysis runs at {Hop.SampleRate} Hz, not {timeline.SampleRate}", nameof(timeline));
        if (timeline.Fps < new Rational(1, 1) || timeline.Fps > new Rational(1000, 1))
            throw new ArgumentOutOfRangeException(nameof(timeline), timeline.Fps, "frame rate must be 1 to 1000");
        Timeline = timeline;
        _offset = syncOffset;
        _samplesPerFrame = new Rational(Hop.SampleRate, 1) * timeline.Fps.Reciprocal;

        // Frames whose samples come while an earlier one still waits for its spectra.
        int ahead = (int)((HopAnalyzer.Latency + 2 * Hop.Size) / _samplesPerFrame.Value) + 3;
        _meter = new FrameMeter(ahead);
        Reset();
    }

    /// <summary>The frames' instants.</summary>
    public FrameTimeline Timeline { get; }

    /// <summary>Number of the frame that is read next.</summary>
    public long NextFrame => _next;

    /// <summary>Position of the next sample to be analysed; after <see cref="Restore"/>, where the next block must begin.</summary>
    public long NextSample => _fifo.Position;

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    /// <exception cref="ArgumentException">Another rate, other channels, a gap, or after <see cref="Complete"/>.</exception>
    public void Write(in AudioBlock block)
    {
        if (_total != long.MaxValue)
            throw new ArgumentException("the track has ended: Reset or Restore before writing more", nameof(block));
        _fifo.Write(block);
    }

    /// <summary>The track ends here: frames up to <paramref name="totalFrames"/> can be read, with silence behind the end.</summary>
    public void Complete(long totalFrames) => _total = totalFrames;

    /// <summary>
    /// Reads the next frame, if it is ready, into the raw half of <see cref="FeatureTable.Layout"/>. With a positive sync
    /// offset the sound is enough for more frames than the video has: stop at its count.
    /// </summary>
    public bool TryRead(FeatureFrame frame)
    {
        if (_next >= _total)
            return false;
        long begin = Begin(_next), end = Begin(_next + 1);
        for (long heard = 0; heard < end;)
        {
            if (!_hopWaits && !(_hopWaits = TryHop()))
                return false;
            _blend.Add(_hop, begin, end);
            heard = _hop.FirstSample + Hop.Size;
            if (heard > end)
                break;
            _blend.End(_hop);
            _hopWaits = false;
        }
        Give(frame, begin, end);
        return true;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fifo.Restart(0);
        _analyzer.Reset();
        Array.Clear(_hop.Values);
        _blend.Reset();
        _meter.Reset();
        (_next, _total) = (0, long.MaxValue);
        _hopWaits = false;
        _hearing = 0;
        while (Begin(_hearing + 1) <= 0)
            _hearing++;
    }

    /// <summary>Writes the state after the last frame read. Sound that waits is not part of it: write it again from <see cref="NextSample"/>.</summary>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.frames", 1);
        writer.Write(Timeline.Fps.Numerator);
        writer.Write(Timeline.Fps.Denominator);
        writer.Write(_offset);
        writer.Write(_fifo.Position);
        writer.Write(_next);
        writer.Write(_hearing);
        writer.Write(_hopWaits);
        writer.Write(_hop.FirstSample);
        writer.Write<float>(_hop.Values);
        _blend.Save(writer);
        _meter.Save(writer);
        _analyzer.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.frames", 1);
        long numerator = reader.Read<long>(), denominator = reader.Read<long>(), offset = reader.Read<long>();
        if (numerator != Timeline.Fps.Numerator || denominator != Timeline.Fps.Denominator || offset != _offset)
            throw new InvalidDataException($"saved analysis is of {numerator}/{denominator} frames a second with a sync offset of {offset} samples, expected {Timeline.Fps} with {_offset}");
        _fifo.Restart(reader.Read<long>());
        _next = reader.Read<long>();
        _hearing = reader.Read<long>();
        _hopWaits = reader.Read<bool>();
        _hop.FirstSample = reader.Read<long>();
        _hop.SampleCount = Hop.Size;
        reader.Read<float>(_hop.Values);
        _blend.Restore(reader);
        _meter.Restore(reader);
        _analyzer.Restore(reader);
        _total = long.MaxValue;
    }

    private long Begin(long frame) => _samplesPerFrame.CeilingMultiply(frame) - _offset;

    private bool TryHop()
    {
        while (true)
        {
            if (_total != long.MaxValue && _fifo.Waiting < Hop.Half)
                _fifo.WriteSilence(Hop.Half - _fifo.Waiting);
            if (!_fifo.TryTake(Hop.Half, out ReadOnlySpan<float> samples))
                return false;
            Measure(samples, _fifo.Position - Hop.Half);
            if (_analyzer.Push(samples, _hop))
                return true;
        }
    }

    /// <summary>Meters sound in the frames that it lies in.</summary>
    private void Measure(ReadOnlySpan<float> stereo, long first)
    {
        long end = first + Hop.Half;
        for (long at = Math.Max(first, Begin(_hearing)); at < end;)
        {
            long frameEnd = Begin(_hearing + 1), to = Math.Min(end, frameEnd);
            _meter.Add(_hearing, stereo[(int)(2 * (at - first))..(int)(2 * (to - first))]);
            at = to;
            if (to == frameEnd)
                _hearing++;
        }
    }

    private void Give(FeatureFrame frame, long begin, long end)
    {
        frame.FirstSample = begin;
        frame.SampleCount = (int)(end - begin);
        frame.Values.AsSpan(0, FeatureTable.RawOffset).Clear();
        Span<float> raw = frame.Values.AsSpan(FeatureTable.RawOffset);
        _blend.Take(raw, end - begin);
        _meter.Take(_next, (end - begin) * Hop.Channels, out raw[Slot.Rms], out raw[Slot.Peak]);
        _next++;
    }
}
