using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats;

/// <summary>The beats of a clock from outside, between its reports: a straight line through the last one. Bars of four.</summary>
internal sealed class ClockBeats : IStateful
{
    private const int BeatsPerBar = 4;

    /// <summary>A clock that has not reported for so long is gone.</summary>
    private const long Patience = 2 * Hop.SampleRate;

    private long _sample;
    private double _beat, _bpm, _scale = 1, _shift, _told;
    private bool _hasTold;

    /// <summary>A clock reports.</summary>
    internal bool Runs { get; private set; }

    /// <summary>Beats a minute, after halving and doubling.</summary>
    internal double Bpm => _bpm * _scale;

    /// <summary>The clock stands at <paramref name="beat"/> at a sample.</summary>
    internal void Follow(long sample, double beat, double bpm)
    {
        // A clock that starts again or jumps back begins to count anew; a small step back tells no beat twice.
        if (!Runs || beat < _beat - 0.5)
            _hasTold = false;
        (Runs, _sample, _beat, _bpm) = (true, sample, beat, bpm);
    }

    /// <summary>All beats lie later by so many beats.</summary>
    internal void Nudge(double beats) => _shift -= Runs ? beats : 0;

    /// <summary>A bar begins at a sample.</summary>
    internal void BeginBar(long sample)
    {
        if (!Runs)
            return;
        double position = Position(sample);
        _shift += Math.Round(position / BeatsPerBar) * BeatsPerBar - position;
        _hasTold = false;
    }

    internal void Scale(double factor)
    {
        double scale = _scale * factor;
        if (!Runs || _bpm * scale is < 20 or > 999)
            return;
        _scale = scale;
        _hasTold = false;
    }

    internal void Forget() => (_scale, _shift, _hasTold) = (1, 0, false);

    internal bool IsStale(long sample) => Runs && sample - _sample > Patience;

    internal void Stop() => Runs = false;

    /// <summary>The beat nearest to a sample.</summary>
    internal long BeatNear(long sample) => At(Math.Round(Position(sample)));

    /// <summary>The first beat of a bar nearest to a sample.</summary>
    internal long DownbeatNear(long sample) => At(Math.Round(Position(sample) / BeatsPerBar) * BeatsPerBar);

    /// <summary>Where the clock is at a sample; a beat that falls before the next frame's is told.</summary>
    internal BeatFrame Tell(long sample)
    {
        double position = Position(sample), beat = Math.Floor(position);
        double ahead = Math.Floor(Position(sample + BeatClock.FrameSize));
        if (!_hasTold)
            (_told, _hasTold) = (beat, true);
        // A clock that trembles may jump over the instant itself: then the beat is told a frame late, not never.
        bool isBeat = ahead > _told;
        if (isBeat)
            _told = ahead;
        int place = Place(beat);
        float phase = (float)Math.Min(position - beat, 0.9999999), bar = Math.Min((place + phase) / BeatsPerBar, 0.9999999f);
        return new BeatFrame(sample, phase, (float)Bpm, 1, BeatsPerBar, (isBeat ? Place(ahead) : place) + 1, bar, 1, isBeat, isBeat ? Math.Max(sample, At(ahead)) : 0);
    }

    /// <inheritdoc/>
    public void Reset() => (_sample, _beat, _bpm, _scale, _shift, _told, _hasTold, Runs) = (0, 0, 0, 1, 0, 0, false, false);

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.clockbeats", 1);
        writer.Write(_sample);
        writer.Write(_beat);
        writer.Write(_bpm);
        writer.Write(_scale);
        writer.Write(_shift);
        writer.Write(_told);
        writer.Write(_hasTold);
        writer.Write(Runs);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.clockbeats", 1);
        _sample = reader.Read<long>();
        _beat = reader.Read<double>();
        _bpm = reader.Read<double>();
        _scale = reader.Read<double>();
        _shift = reader.Read<double>();
        _told = reader.Read<double>();
        _hasTold = reader.Read<bool>();
        Runs = reader.Read<bool>();
    }

    private static int Place(double beat) => (int)(beat - Math.Floor(beat / BeatsPerBar) * BeatsPerBar);

    private double Position(long sample) => (_beat + (sample - _sample) * _bpm / (60.0 * Hop.SampleRate)) * _scale + _shift;

    private long At(double position) => _sample + (long)Math.Round(((position - _shift) / _scale - _beat) * 60.0 * Hop.SampleRate / _bpm);
}
