using System.Diagnostics;
using AInimEngine.Audio;
using AInimEngine.Control.Osc;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Engine.Live;

/// <summary>What windows and hands ask for.</summary>
public sealed partial class LiveHost
{
    private static readonly TimeSpan PointerRest = TimeSpan.FromSeconds(2);

    private SoundState _soundState;
    private long _soundAt;

    private void OpenOsc(OscSettings osc, IWarningSink warnings)
    {
        try
        {
            _hands.Add(Own(OscServer.Start(_surface, _settings.OscOpen ? osc.Opened() : osc)));
        }
        catch (AInimException error) when (_settings.Resume is not null)
        {
            // Another program was quicker: a show without OSC is more than none.
            warnings.Warn(error.Message);
        }
    }

    private void ReadWindow()
    {
        while (_windows.TryRead(out WindowEvent happened))
        {
            if (happened.Kind is WindowEventKind.KeyDown or WindowEventKind.Close)
                _pressedAt = Stopwatch.GetTimestamp();
            if (happened.Kind == WindowEventKind.Close)
                AskToQuit();
            else if (happened.Kind == WindowEventKind.KeyDown && happened.Key == Key.Escape && !happened.Repeats)
                AskToQuit();
            else if (happened.Kind == WindowEventKind.KeyDown && _keys.TryRead(happened, out ControlEvent pressed))
                Apply(pressed, Stopwatch.GetTimestamp());
            else if (happened.Kind == WindowEventKind.DisplaysChanged)
                Say("the screens have changed", isProblem: false);
        }
        _windows.RestPointer(_window, PointerRest, Stopwatch.GetTimestamp());
    }

    private void ReadHands(long now)
    {
        foreach (IControlSource hand in _hands)
            while (hand.TryRead(out ControlEvent happened))
                Apply(happened, now);
        _tempo.HeardBpm = _ear.Beat.Bpm;
        _tempo.Update(now);
        while (_tempo.TryRead(out TempoCommand command))
            _ear.Commands.TryWrite(command);
        if (_stage.TryTakeMessage(out string message, out bool isProblem))
            Say(message, isProblem);
        if (_recorder.TryTakeMessage(out message, out isProblem))
            Say(message, isProblem);
        if (_log is not null && _log.TryTakeMessage(out message))
            Say(message, isProblem: true);
        LookAtSound(now);
        if (_stage.Failure is { } failure && failure != _failure)
            Say($"the generator stands still: {failure}", isProblem: true);
        else if (_failure is not null && _stage.Failure is null)
            Say("the generator works again", isProblem: false);
        _failure = _stage.Failure;
        _midi?.Update(_stage.Current);
        if (_midi is not null && _midi.TryTakeMessage(out message, out isProblem))
            Say(message, isProblem);
    }

    /// <summary>A sound that is not there, or has gone, is told once; the overlay tells it for as long as it is.</summary>
    private void LookAtSound(long now)
    {
        if (now - _soundAt < Stopwatch.Frequency / 2)
            return;
        _soundAt = now;
        SoundState state = _source.Status.State;
        if (state == _soundState)
            return;
        _soundState = state;
        if (state is SoundState.Missing or SoundState.Lost)
            Say($"{_source.Status.InWords(now)}. H shows the keys", isProblem: true);
    }

    private void Apply(in ControlEvent happened, long now)
    {
        bool moved = _surface.Apply(happened);
        _tempo.Take(happened, now);
        ControlRow row = _surface.Rows[happened.Row];
        // A preset that stayed away is asked for again by the same number.
        if (!moved && row.Id != LiveRows.Number)
            return;
        _midi?.Take(happened);
        _log?.Take(_clock.Now.Index, row.Id, happened.Value, happened.Text);
        switch (row.Id)
        {
            case LiveRows.Next:
                _stage.Go(1);
                break;
            case LiveRows.Previous:
                _stage.Go(-1);
                break;
            case LiveRows.Any:
                _stage.GoAnywhere(_clock.Now.Index);
                break;
            case LiveRows.Name:
                _stage.GoTo(happened.Text!);
                break;
            case LiveRows.Cue:
                _stage.GoToCue(happened.Text!);
                break;
            case LiveRows.Mark:
                _stage.Mark();
                break;
            case LiveRows.AnyFavourite:
                _stage.GoToAnyFavourite(_clock.Now.Index);
                break;
            case LiveRows.Number:
                _stage.GoTo((int)_surface.Value(happened.Row) - 1);
                break;
            case LiveRows.FullScreen:
                _window.SetFullScreen(!_window.FullScreen, _settings.Display);
                break;
            case LiveRows.Release:
                _stage.Release();
                break;
            case TempoRows.Lock:
                bool holds = _surface.Position(happened.Row) > 0.5f;
                Say(holds ? FormattableString.Invariant($"the tempo is held at {_surface.Value(_surface.IndexOf(TempoRows.Bpm)):0.0}") : "the tempo is free", isProblem: false);
                break;
            case LiveRows.Panic:
                Panic();
                break;
            default:
                if (row.Id.StartsWith(LiveRows.Parameters, StringComparison.Ordinal))
                    _stage.Hold(happened.Row, _surface.Value(happened.Row));
                break;
        }
    }

    private void Panic()
    {
        foreach (int row in (ReadOnlySpan<int>)[_intensity, _speed, _brightness])
            _surface.Place(row, _surface.Rows[row].ToUnit(_surface.Rows[row].Parameter!.Default));
        foreach (int row in (ReadOnlySpan<int>)[_blackout, _freeze, _testPattern])
            _surface.Place(row, 0);
        if (_surface.Position(_tempoLock) > 0.5f)
        {
            _surface.Place(_tempoLock, 0);
            _tempo.Take(new ControlEvent(_tempoLock, 0), Stopwatch.GetTimestamp());
        }
        _stage.Panic();
        Say("panic: back to the first preset and its own values", isProblem: false);
    }

    private void AskToQuit()
    {
        long now = Stopwatch.GetTimestamp();
        _quit = now < _quitUntil;
        _quitUntil = now + (long)(QuitWindow.TotalSeconds * Stopwatch.Frequency);
        Say("once more within two seconds ends the show", isProblem: true);
        _messageUntil = _quitUntil;
    }
}
