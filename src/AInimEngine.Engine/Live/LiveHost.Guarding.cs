using System.Diagnostics;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Engine.Live.Guarding;

namespace AInimEngine.Engine.Live;

/// <summary>Says every second where the show stands, and takes up where another process left it.</summary>
public sealed partial class LiveHost
{
    private StateKeeper? _keeper;
    private long _keptAt, _end = long.MaxValue;

    /// <summary>Frames' end: once a second.</summary>
    private void KeepState(long now)
    {
        if (_keeper is null || now - _keptAt < Stopwatch.Frequency)
            return;
        _keptAt = now;
        HeardBeat beat = _ear.Beat;
        (string preset, int index) = _stage.Standing;
        double bar = beat.Bpm > 0 ? 60.0 / beat.Bpm * beat.BeatsPerBar : 0;
        _keeper.Take(new StateKeeper.Standing(preset, index, _governor.Level, _window.FullScreen, beat.Bpm, beat.BeatsPerBar, (double)SeenAt() / Stopwatch.Frequency - beat.BarPhase * bar, _end == long.MaxValue ? 0 : (double)_end / Stopwatch.Frequency), _stage.IsChanging);
    }

    /// <summary>Monotonic time at which the show ends by itself: a process that goes on with another's keeps its end.</summary>
    private static long EndOf(LiveSettings settings)
    {
        if (settings.Length is not { } length)
            return long.MaxValue;
        return settings.Resume is { EndAt: > 0 and < 1e9 and var end } ? (long)(end * Stopwatch.Frequency) : Stopwatch.GetTimestamp() + (long)(length.TotalSeconds * Stopwatch.Frequency);
    }

    /// <summary>Everything that is not the stage's: rows, the window, the beat. Before the first frame.</summary>
    private void Resume(ShowState state)
    {
        foreach ((string id, float position) in state.Rows)
            if (_surface.IndexOf(id) is >= 0 and var row && !id.StartsWith(LiveRows.Parameters, StringComparison.Ordinal))
                _surface.Place(row, position);
        _stage.Resume(state.Rows);
        if (_surface.Position(_blackout) > 0.5f)
            _dark.Begin();
        if (state.FullScreen != _window.FullScreen)
            _window.SetFullScreen(state.FullScreen, _settings.Display);
        int locked = _surface.IndexOf(TempoRows.Lock), bpm = _surface.IndexOf(TempoRows.Bpm);
        long now = Stopwatch.GetTimestamp();
        if (_surface.Position(locked) > 0.5f)
            _ear.Commands.TryWrite(new TempoCommand(TempoAction.Lock, now, _surface.Value(bpm)));
        if (state is { Bpm: > 0, BeatsPerBar: > 0 })
        {
            // The next bar as it was foreseen: the music has gone on meanwhile.
            double length = 60 / state.Bpm * state.BeatsPerBar, since = (double)now / Stopwatch.Frequency - state.BarAt;
            long next = now + (long)((length - since + Math.Floor(since / length) * length) * Stopwatch.Frequency);
            _ear.Commands.TryWrite(new TempoCommand(TempoAction.Suppose, next, state.Bpm));
            _ear.Commands.TryWrite(new TempoCommand(TempoAction.Resync, next));
        }
        Say("the show goes on where it stood", isProblem: false);
    }
}
