using AInimEngine.Analysis.Loudness;
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
    private readonly HopAnalyzer _analyzer = new();
    private readonly FeatureFrame _hop = new(FeatureTable.Layout);
    private readonly float[] _before = new float[Slot.Count];
    private readonly Rational _samplesPerFrame;
    private readonly long _offset;
    private readonly double[] _squares;
    private readonly float[] _peaks;
    private readonly double[] _sums = new double[Slot.Count];
    private readonly float[] _strongest = new float[2 * SpectralFlux.Curves];
    private double _weights;
    private long _covered, _next, _hearing, _total = long.MaxValue;
    private bool _hopWaits;

    /// <summary>Makes the stage at frame 0.</summary>
    /// <param name="timeline">Frame rate, 1 to 1000, at 48 kHz.</param>
    /// <param name="syncOffset">
    /// Samples by which pictures come later than the sound they show; negative: earlier. Frame k shows the sound of
    /// [k/fps, (k+1)/fps) less this.
    /// </param>
    public FrameFeatures(FrameTimeline timeline, long syncOffset = 0)
    {
        if (timeline.SampleRate != Hop.SampleRate)
            throw new ArgumentException($"analysis runs at {Hop.SampleRate} Hz, not {timeline.SampleRate}", nameof(timeline));
        if (timeline.Fps < new Rational(1, 1) || timeline.Fps > new Rational(1000, 1))
            throw new ArgumentOutOfRangeException(nameof(timeline), timeline.Fps, "frame rate must be 1 to 1000");
        Timeline = timeline;
        _offset = syncOffset;
        _samplesPerFrame = new Rational(Hop.SampleRate, 1) * timeline.Fps.Reciprocal;

        // Frames whose samples come while an earlier one still waits for its spectra.
        int ahead = (int)((HopAnalyzer.Latency + 2 * Hop.Size) / _samplesPerFrame.Value) + 3;
        _squares = new double[ahead];
        _peaks = new float[ahead];
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

    /// <summary>Reads the next frame, if it is ready, into the raw half of <see cref="FeatureTable.Layout"/>.</summary>
    public bool TryRead(FeatureFrame frame)
    {
        if (_next >= _total)
            return false;
        long begin = Begin(_next), end = Begin(_next + 1);
        for (long heard = 0; heard < end;)
        {
            if (!_hopWaits && !(_hopWaits = TryHop()))
                return false;
            Blend(begin, end);
            heard = _hop.FirstSample + Hop.Size;
            if (heard > end)
                break;
            _hop.Values.AsSpan(FeatureTable.RawOffset).CopyTo(_before);
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
        Array.Clear(_squares);
        Array.Clear(_peaks);
        Array.Clear(_before);
        _before[Slot.Loudness] = MomentaryLoudness.Floor;
        (_next, _total) = (0, long.MaxValue);
        _hopWaits = false;
        Clear();
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
        writer.Write<float>(_before);
        writer.Write<double>(_squares);
        writer.Write<float>(_peaks);
        writer.Write<double>(_sums);
        writer.Write<float>(_strongest);
        writer.Write(_weights);
        writer.Write(_covered);
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
        reader.Read<float>(_before);
        reader.Read<double>(_squares);
        reader.Read<float>(_peaks);
        reader.Read<double>(_sums);
        reader.Read<float>(_strongest);
        _weights = reader.Read<double>();
        _covered = reader.Read<long>();
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

    /// <summary>Adds sound to the energy and peak of the frames that it lies in.</summary>
    private void Measure(ReadOnlySpan<float> stereo, long first)
    {
        long end = first + Hop.Half;
        for (long at = Math.Max(first, Begin(_hearing)); at < end;)
        {
            long frameEnd = Begin(_hearing + 1), to = Math.Min(end, frameEnd);
            ReadOnlySpan<float> part = stereo[(int)(2 * (at - first))..(int)(2 * (to - first))];
            int slot = (int)(_hearing % _squares.Length);
            _squares[slot] += VectorMath.Dot(part, part);
            foreach (float x in part)
                _peaks[slot] = Math.Max(_peaks[slot], Math.Abs(x));
            at = to;
            if (to == frameEnd)
                _hearing++;
        }
    }

    /// <summary>Adds the part of the hop that lies in the frame.</summary>
    private void Blend(long begin, long end)
    {
        ReadOnlySpan<float> now = _hop.Values.AsSpan(FeatureTable.RawOffset);
        long first = _hop.FirstSample, from = Math.Max(begin, first), to = Math.Min(end, first + Hop.Size);
        if (to <= from)
            return;
        long onset = now[Slot.Onset] >= HopAnalyzer.Decisive ? first + (long)now[Slot.OnsetAt] : first;
        Add(_before, Math.Min(to, onset) - from);
        Add(now, to - Math.Max(from, onset));
        _covered += to - from;

        for (int curve = 0; curve < SpectralFlux.Curves; curve++)
        {
            float strength = now[Slot.Onset + curve];
            long at = first + (long)now[Slot.OnsetAt + curve];
            if (strength > _strongest[curve] && at >= begin && at < end)
                (_strongest[curve], _strongest[SpectralFlux.Curves + curve]) = (strength, at - begin);
        }
    }

    private void Add(ReadOnlySpan<float> features, long samples)
    {
        if (samples <= 0)
            return;
        double power = 0;
        for (int i = Slot.Bass; i < Slot.Bass + Slot.BroadCount; i++)
            power += (double)features[i] * features[i];
        power *= samples;
        _weights += power;
        _sums[Slot.Loudness] += (double)features[Slot.Loudness] * samples;
        _sums[Slot.Audible] += (double)features[Slot.Audible] * samples;
        for (int i = Slot.Bass; i < Slot.Centroid; i++)
            _sums[i] += (double)features[i] * features[i] * samples;
        for (int i = Slot.Centroid; i < Slot.Onset; i++)
            _sums[i] += features[i] * power;
    }

    private void Give(FeatureFrame frame, long begin, long end)
    {
        long length = end - begin;
        frame.FirstSample = begin;
        frame.SampleCount = (int)length;
        frame.Values.AsSpan(0, FeatureTable.RawOffset).Clear();
        Span<float> raw = frame.Values.AsSpan(FeatureTable.RawOffset);

        // What lies before the first sample is silence.
        raw[Slot.Loudness] = (float)((_sums[Slot.Loudness] + MomentaryLoudness.Floor * (double)(length - _covered)) / length);
        raw[Slot.Audible] = (float)(_sums[Slot.Audible] / length);
        for (int i = Slot.Bass; i < Slot.Centroid; i++)
            raw[i] = (float)Math.Sqrt(_sums[i] / length);
        for (int i = Slot.Centroid; i < Slot.Onset; i++)
            raw[i] = _weights > 0 ? (float)(_sums[i] / _weights) : 0;
        _strongest.CopyTo(raw[Slot.Onset..]);
        int slot = (int)(_next % _squares.Length);
        raw[Slot.Rms] = (float)Math.Sqrt(_squares[slot] / (length * Hop.Channels));
        raw[Slot.Peak] = _peaks[slot];
        _squares[slot] = 0;
        _peaks[slot] = 0;
        _next++;
        Clear();
    }

    private void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_strongest);
        _weights = 0;
        _covered = 0;
    }
}
