using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// Follows the beat live. Beats are foreseen: each is told before it sounds, by as much as the caller's lead asks.
/// Takes one likelihood of a beat and of a downbeat per frame, 93.75 a second; allocates nothing per frame.
/// </summary>
internal sealed class CausalBeatTracker : IStateful
{
    private const int Recent = 128, WaitFrames = 4, MostPending = 8;

    private readonly BeatCalibration _calibration;
    private readonly int _delay;
    private readonly float _trust;
    private readonly BeatFilter _filter;
    private readonly BarFilter _bar = new();
    private readonly float[] _downbeats = new float[Recent];
    private readonly double[] _pending = new double[MostPending];
    private int _pendingCount;
    private long _frame;
    private double _lastBeat, _nudge, _pulse;
    private double _tapLast, _tapInterval;
    private int _taps;

    /// <param name="model">What is assumed of music.</param>
    /// <param name="calibration">How the likelihoods are to be read.</param>
    /// <param name="delay">Frames by which they are late.</param>
    internal CausalBeatTracker(BeatModel model, BeatCalibration calibration, int delay)
    {
        _calibration = calibration;
        _delay = delay;
        _trust = (float)model.Trust;
        _filter = new BeatFilter(model);
        Reset();
    }

    /// <summary>Samples by which what is told lies ahead of what has been heard: the latency of what shows it, 0 or more.</summary>
    internal int Lead { get; set; }

    /// <summary>The tempo is held: only tempi within 4 percent of it are followed; 0 when it is free.</summary>
    internal double LockedBpm { get; private set; }

    /// <summary>The tempo that was tapped, halved or doubled to, and so is favoured; 0 when none.</summary>
    internal double FavouredBpm { get; private set; }

    /// <summary>Takes the next frame.</summary>
    /// <param name="beat">Likelihood of a beat, 0..1.</param>
    /// <param name="downbeat">Likelihood of a downbeat, 0..<paramref name="beat"/>.</param>
    internal BeatFrame Hear(float beat, float downbeat)
    {
        float evidence = _calibration.Evidence(beat);
        _filter.Hear(evidence * _trust, _calibration.OffBeat);
        _downbeats[_frame % Recent] = float.IsFinite(downbeat) ? downbeat : 0;
        double interval = _filter.Interval;

        // Positions below are in frames of the sound; the last likelihood speaks of "spoken".
        double spoken = _frame - _delay + _calibration.OffsetSamples / BeatClock.FrameSize;
        double known = _frame + (double)(BeatClock.WindowAfter + Lead) / BeatClock.FrameSize;
        double phase = _filter.Phase - _nudge;
        HearBars(spoken);

        // How well the beats are supported: the evidence in the middle of the beat region, over some eight beats.
        double away = Math.Abs(_filter.Phase - Math.Round(_filter.Phase)) * interval;
        if (away < 1.5)
            _pulse += (Math.Clamp(evidence, -3, 3) - _pulse) / 24;

        double next = spoken - phase * interval;
        double earliest = Math.Max(_lastBeat + 0.6 * interval, known - 0.4 * interval);
        next += Math.Ceiling((earliest - next) / interval) * interval;
        bool isBeat = next < known + 1;
        if (isBeat)
        {
            next = Math.Max(next, known);
            _lastBeat = next;
            if (_pendingCount < MostPending)
                _pending[_pendingCount++] = next;
        }
        double ahead = phase + (known - spoken) / interval;
        ahead -= Math.Floor(ahead);
        int position = (_bar.Position - 1 + _pendingCount) % _bar.BeatsPerBar + 1;

        // A beat is told up to a frame before its instant, and the phase comes round a little later still: until then the bar is
        // at the end of the beat before.
        int passed = ahead > 0.8 && known - _lastBeat < 0.3 * interval ? (position + _bar.BeatsPerBar - 2) % _bar.BeatsPerBar : position - 1;
        _frame++;
        return new BeatFrame(
            (long)Math.Round(BeatClock.Centre(known)),
            (float)Math.Min(ahead, 0.9999999),
            (float)BeatClock.Bpm(interval),
            (float)Confidence,
            _bar.BeatsPerBar,
            position,
            (float)((passed + Math.Min(ahead, 0.9999999)) / _bar.BeatsPerBar),
            (float)(_bar.Confidence * Confidence),
            isBeat,
            isBeat ? (long)Math.Round(BeatClock.Centre(next)) : 0);
    }

    /// <summary>Holds the tempo.</summary>
    /// <param name="bpm">Beats a minute, 50 to 220; 0 sets it free.</param>
    internal void Lock(double bpm)
    {
        LockedBpm = bpm > 0 ? Math.Clamp(bpm, 50, 220) : 0;
        FavouredBpm = 0;
        ApplyFavour();
        if (LockedBpm > 0 && Math.Abs(Math.Log2(LockedBpm / BeatClock.Bpm(_filter.Interval))) > 0.06)
            _filter.Restart();
    }

    /// <summary>A beat was tapped; from the second tap on, the tempo follows.</summary>
    /// <param name="sample">Sample at which it should lie.</param>
    internal void Tap(long sample)
    {
        double at = (sample - Hop.Half) / (double)BeatClock.FrameSize, since = at - _tapLast;
        bool follows = _taps > 0 && since is >= BeatStates.Shortest and <= BeatStates.Longest;
        if (follows && _taps > 1 && Math.Abs(since / _tapInterval - 1) > 0.25)
            follows = false;
        _tapInterval = !follows ? 0 : _taps == 1 ? since : _tapInterval + (since - _tapInterval) / Math.Min(_taps, 6);
        _taps = follows ? _taps + 1 : 1;
        _tapLast = at;
        double interval = _taps > 1 ? _tapInterval : _filter.Interval;
        if (_taps > 1 && LockedBpm <= 0)
            FavouredBpm = BeatClock.Bpm(interval);
        ApplyFavour();
        Place(interval, sample);
    }

    /// <summary>A hand or a clock knows tempo and beats: both are taken over, and the tempo is preferred from now on.</summary>
    /// <param name="bpm">Beats a minute, brought into the range of the states by octaves; a lock keeps its own tempo.</param>
    /// <param name="sample">Sample on which a beat lies.</param>
    /// <param name="favours">False takes them over, and lets the sound decide from then on.</param>
    internal void Believe(double bpm, long sample, bool favours = true)
    {
        while (60 * BeatClock.Rate / bpm > BeatStates.Longest)
            bpm *= 2;
        while (60 * BeatClock.Rate / bpm < BeatStates.Shortest)
            bpm /= 2;
        if (favours && LockedBpm <= 0)
            FavouredBpm = bpm;
        ApplyFavour();
        Place(LockedBpm > 0 ? _filter.Interval : 60 * BeatClock.Rate / bpm, sample);
    }

    /// <summary>A beat lies here, and it is the first of a bar; the tempo stays.</summary>
    /// <param name="sample">Sample of the downbeat.</param>
    internal void BeginBar(long sample)
    {
        double interval = _filter.Interval, at = Place(interval, sample);

        // The next beat that will be told lies so many beats behind the downbeat; its number follows from the count so far.
        double known = _frame + (double)(BeatClock.WindowAfter + Lead) / BeatClock.FrameSize;
        double earliest = Math.Max(_lastBeat + 0.6 * interval, known - 0.4 * interval);
        int behind = (int)Math.Ceiling((earliest - at) / interval);
        _bar.SetDownbeat();
        _bar.Shift(behind - 1 - _pendingCount);
    }

    /// <summary>Moves all beats from now on.</summary>
    /// <param name="beats">Later when positive, in beats.</param>
    internal void Nudge(double beats) => _nudge = (_nudge + beats) - Math.Round(_nudge + beats);

    /// <summary>Takes half the tempo and prefers it from now on.</summary>
    internal void Halve() => Scale(2);

    /// <summary>Takes twice the tempo and prefers it from now on.</summary>
    internal void Double() => Scale(0.5);

    /// <summary>Forgets tempo, phase, taps, nudges and preference, but not a lock.</summary>
    internal void Resync()
    {
        FavouredBpm = 0;
        _taps = 0;
        _nudge = 0;
        ApplyFavour();
        _filter.Restart();
        _bar.Reset();
    }

    /// <summary>The beat nearest to now is the first of a bar.</summary>
    internal void SetDownbeat()
    {
        double phase = _filter.Phase - _nudge;
        phase -= Math.Floor(phase);
        _bar.SetDownbeat();

        // Beats told but not yet heard come after; the last one heard is behind them.
        _bar.Shift(-_pendingCount - (phase > 0.5 && _pendingCount == 0 ? 1 : 0));
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _filter.Reset();
        _bar.Reset();
        Array.Clear(_downbeats);
        (_pendingCount, _frame, _lastBeat, _nudge, _pulse) = (0, 0, -1000, 0, 0);
        (_tapLast, _tapInterval, _taps) = (0, 0, 0);
        (LockedBpm, FavouredBpm) = (0, 0);
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.beats", 1);
        _filter.Save(writer);
        _bar.Save(writer);
        writer.Write<float>(_downbeats);
        writer.Write<double>(_pending);
        writer.Write(_pendingCount);
        writer.Write(_frame);
        writer.Write(_lastBeat);
        writer.Write(_nudge);
        writer.Write(_pulse);
        writer.Write(_tapLast);
        writer.Write(_tapInterval);
        writer.Write(_taps);
        writer.Write(LockedBpm);
        writer.Write(FavouredBpm);
        writer.Write(Lead);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.beats", 1);
        _filter.Restore(reader);
        _bar.Restore(reader);
        reader.Read<float>(_downbeats);
        reader.Read<double>(_pending);
        _pendingCount = reader.Read<int>();
        _frame = reader.Read<long>();
        _lastBeat = reader.Read<double>();
        _nudge = reader.Read<double>();
        _pulse = reader.Read<double>();
        _tapLast = reader.Read<double>();
        _tapInterval = reader.Read<double>();
        _taps = reader.Read<int>();
        LockedBpm = reader.Read<double>();
        FavouredBpm = reader.Read<double>();
        Lead = reader.Read<int>();
    }

    private double Confidence =>
        Math.Clamp(_filter.PhaseShare, 0, 1) * Math.Sqrt(Math.Clamp(_filter.TempoShare, 0, 1)) * Math.Clamp(0.4 + 0.4 * _pulse, 0, 1);

    /// <summary>Believes in beats so far apart, of which one lies on the sample; gives that sample in frames.</summary>
    private double Place(double interval, long sample)
    {
        double at = (sample - Hop.Half) / (double)BeatClock.FrameSize;
        double spoken = _frame - 1 - _delay + _calibration.OffsetSamples / BeatClock.FrameSize;
        double phase = (spoken - at) / interval + _nudge;
        _filter.Believe(interval, phase - Math.Floor(phase));
        return at;
    }

    private void ApplyFavour()
    {
        if (LockedBpm > 0)
            _filter.Favour(LockedBpm, 0.02, only: true);
        else
            _filter.Favour(FavouredBpm, 0.2, only: false);
    }

    private void Scale(double factor)
    {
        double interval = _filter.Interval * factor;
        if (interval is < BeatStates.Shortest or > BeatStates.Longest)
            return;
        double phase = _filter.Phase / factor;
        if (LockedBpm > 0)
            LockedBpm /= factor;
        else
            FavouredBpm = BeatClock.Bpm(interval);
        ApplyFavour();
        _filter.Believe(interval, phase - Math.Floor(phase));
        _bar.Reset();
    }

    private void HearBars(double spoken)
    {
        // A beat's bass and harmony are heard in the frames after it.
        while (_pendingCount > 0 && _pending[0] + WaitFrames <= spoken)
        {
            double centre = _pending[0] + _delay - _calibration.OffsetSamples / BeatClock.FrameSize;
            float largest = 0;
            for (long frame = (long)Math.Round(centre) - 3; frame <= (long)Math.Round(centre) + WaitFrames; frame++)
            {
                if (frame >= 0 && frame <= _frame)
                    largest = Math.Max(largest, _downbeats[frame % Recent]);
            }
            _bar.Hear(largest);
            for (int i = 1; i < _pendingCount; i++)
                _pending[i - 1] = _pending[i];
            _pendingCount--;
        }
    }
}
