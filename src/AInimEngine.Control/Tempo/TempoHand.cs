using System.Diagnostics;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tempo;

/// <summary>
/// Turns what hands do to the tempo rows, and a MIDI clock, into commands for who hears the beats. The loop's thread;
/// allocates nothing.
/// </summary>
/// <remarks>
/// Give it every event after the surface took it, call <see cref="Update"/> once a frame, and hand on what
/// <see cref="TryRead"/> gives. A surface without some of the rows is fine.
/// </remarks>
public sealed class TempoHand
{
    /// <summary>Beats by which one nudge moves.</summary>
    public const double NudgeStep = 0.02;

    private const int Room = 64;

    private readonly ControlSurface _surface;
    private readonly MidiClockFollower? _clock;
    private readonly TapTempo _taps = new();
    private readonly TempoCommand[] _waiting = new TempoCommand[Room];
    private readonly int _tap, _resync, _half, _double, _earlier, _later, _forget, _lock, _bpm, _follow;
    private int _read, _written;
    private bool _follows, _isSet;

    /// <summary>Makes it for a surface.</summary>
    /// <param name="surface">Holds <see cref="TempoRows.All"/> or some of them.</param>
    /// <param name="clock">A MIDI clock to follow where the row asks for it; null when there is none.</param>
    public TempoHand(ControlSurface surface, MidiClockFollower? clock = null)
    {
        _surface = surface;
        _clock = clock;
        (_tap, _resync, _half, _double) = (surface.IndexOf(TempoRows.Tap), surface.IndexOf(TempoRows.Resync), surface.IndexOf(TempoRows.Half), surface.IndexOf(TempoRows.Double));
        (_earlier, _later, _forget) = (surface.IndexOf(TempoRows.Earlier), surface.IndexOf(TempoRows.Later), surface.IndexOf(TempoRows.Forget));
        (_lock, _bpm, _follow) = (surface.IndexOf(TempoRows.Lock), surface.IndexOf(TempoRows.Bpm), surface.IndexOf(TempoRows.Clock));
    }

    /// <summary>Tempo of the taps so far; 0 before the second.</summary>
    public double TappedBpm => _taps.Bpm;

    /// <summary>Tempo that is heard; 0 where none is trusted. Set once a frame: a lock holds it where no hand has given another.</summary>
    public double HeardBpm { get; set; }

    /// <summary>The MIDI clock's beats are taken now.</summary>
    public bool FollowsClock => _follows;

    /// <summary>Takes an event that <see cref="ControlSurface.Apply"/> said happened; those of other rows are passed over.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="now">In ticks of <see cref="Stopwatch"/>, where the event has no time of its own.</param>
    public void Take(in ControlEvent happened, long now)
    {
        int row = happened.Row;
        long at = happened.Timestamp != 0 ? happened.Timestamp : now;
        if (row == _tap)
            Tap(at);
        else if (row == _resync)
            Add(new TempoCommand(TempoAction.Resync, at));
        else if (row == _half)
            Add(new TempoCommand(TempoAction.Half, at));
        else if (row == _double)
            Add(new TempoCommand(TempoAction.Double, at));
        else if (row == _earlier || row == _later)
            Add(new TempoCommand(TempoAction.Nudge, at, row == _later ? NudgeStep : -NudgeStep));
        else if (row == _forget)
        {
            _taps.Reset();
            _isSet = false;
            Add(new TempoCommand(TempoAction.Forget, at));
        }
        else if (row == _lock)
        {
            if (IsLocked && !_isSet && Known is > 0 and var known && _bpm >= 0)
                _surface.Place(_bpm, _surface.Rows[_bpm].ToUnit((float)known));
            _isSet &= IsLocked;
            Add(new TempoCommand(TempoAction.Lock, at, IsLocked ? HeldBpm : 0));
        }
        else if (row == _bpm)
        {
            _isSet = true;
            if (IsLocked)
                Add(new TempoCommand(TempoAction.Lock, at, HeldBpm));
        }
    }

    /// <summary>Looks at the clock: while it runs and is wanted, one command a frame says where it stands.</summary>
    /// <param name="now">In ticks of <see cref="Stopwatch"/>.</param>
    public void Update(long now)
    {
        double bpm = 0, beat = 0;
        bool follows = _follow >= 0 && _surface.Position(_follow) > 0.5f && _clock is not null && _clock.TryGet(now, out bpm, out beat);
        if (follows)
            Add(new TempoCommand(TempoAction.Clock, now, bpm, beat));
        else if (_follows)
            Add(new TempoCommand(TempoAction.ClockGone, now));
        _follows = follows;
    }

    /// <summary>Takes the oldest command that waits.</summary>
    public bool TryRead(out TempoCommand command)
    {
        if (_read == _written)
        {
            (_read, _written) = (0, 0);
            command = default;
            return false;
        }
        command = _waiting[_read++];
        return true;
    }

    private bool IsLocked => _lock >= 0 && _surface.Position(_lock) > 0.5f;

    // What is heard follows taps, halves and doubles.
    private double Known => HeardBpm > 0 ? HeardBpm : _taps.Bpm;

    private double HeldBpm => _bpm >= 0 ? _surface.Value(_bpm) : 120;

    private void Tap(long at)
    {
        if (!_taps.Tap(at))
            return;
        double bpm = _taps.Bpm;
        if (IsLocked && bpm > 0 && _bpm >= 0)
        {
            _surface.Apply(new ControlEvent(_bpm, _surface.Rows[_bpm].ToUnit((float)bpm)));
            Add(new TempoCommand(TempoAction.Lock, at, HeldBpm));
        }
        Add(new TempoCommand(TempoAction.Tap, _taps.Beat, bpm));
    }

    /// <summary>Nobody reads them: the newest are dropped.</summary>
    private void Add(in TempoCommand command)
    {
        if (_written < Room)
            _waiting[_written++] = command;
    }
}
