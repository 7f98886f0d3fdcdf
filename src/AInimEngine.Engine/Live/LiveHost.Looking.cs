using System.Diagnostics;
using AInimEngine.Audio;

namespace AInimEngine.Engine.Live;

/// <summary>What the overlay is told.</summary>
public sealed partial class LiveHost
{
    private void LookAt(long now)
    {
        double seconds = (double)now / Stopwatch.Frequency;
        _displayRate.Take(seconds, Times.Frames);
        _generatorRate.Take(seconds, _stage.Pictures);
        _hopRate.Take(seconds, _ear.Hops);
        _view.LevelDb = Math.Max(-99, _ear.Gain.LevelDb);
        (_view.GainDb, _view.IsSilent) = (_ear.Gain.GainDb, _ear.Gain.IsSilent);
        _stage.Look(_view);
        _view.Trouble = _stage.Trouble ?? _failure;
        (_view.DisplayRate, _view.GeneratorRate, _view.HopRate) = (_displayRate.Rate, _generatorRate.Rate, _hopRate.Rate);
        (_view.Level, _view.Allows) = (_governor.Level, _governor.Allows);
        (_view.Intensity, _view.Speed, _view.Brightness) = (_surface.Value(_intensity), _surface.Value(_speed), _surface.Value(_brightness));
        (_view.IsFrozen, _view.IsLimiting, _view.Skipped) = (_surface.Position(_freeze) > 0.5f, _limiter.Acted, Times.Skipped);
        _view.IsDark = _surface.Position(_blackout) > 0.5f;
        _view.IsHeld = _surface.Position(_tempoLock) > 0.5f;
        // Words and quantiles are made twice a second, not for every frame.
        if (now - _viewedAt < Stopwatch.Frequency / 2)
            return;
        _viewedAt = now;
        SoundStatus status = _source.Status;
        bool retries = status.State is SoundState.Lost or SoundState.Missing;
        if (retries || !ReferenceEquals(status, _viewedStatus))
            _view.Sound = _ear.Failure is { } failure ? $"no sound any more: {failure}" : status.InWords(now);
        _view.IsListening = status.State is SoundState.Listening or SoundState.Playing or SoundState.PlayingSilently && _ear.Failure is null;
        _viewedStatus = status;
        long since = _recorder.Since;
        _view.Recording = since == 0 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"REC {(int)Stopwatch.GetElapsedTime(since, now).TotalMinutes}:{Stopwatch.GetElapsedTime(since, now).Seconds:00}");
        _view.FrameMs = (float)Times.WorkMs(0.5);
        _view.LatencyMs = (float)(1000 * _clock.Now.DeltaSeconds * 1.5 + Times.WorkMs(0.5) + 256 / 48.0 + 5);
    }
}
