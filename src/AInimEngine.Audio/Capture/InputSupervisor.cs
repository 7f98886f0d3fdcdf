using System.Diagnostics;
using AInimEngine.Audio.Devices;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Capture;

/// <summary>
/// Keeps an input open: notices that it is gone, opens it again by name after 1, 2, 4, 8, 8, ... seconds, and follows the
/// system's default. <see cref="Step"/> does what is due and says when it is due again, so that a test may be the clock.
/// </summary>
/// <param name="system">Where inputs come from.</param>
/// <param name="settings">What to listen to.</param>
/// <param name="arrived">Is set whenever sound comes, or the input changes.</param>
internal sealed class InputSupervisor(ICaptureSystem system, AudioInputSettings settings, AutoResetEvent arrived) : IDisposable
{
    /// <summary>An input that brings nothing for so long is lost, in seconds.</summary>
    public const double SilentAfter = 0.5;

    private const double LookEvery = 0.25, LongestPause = 8;

    private ICaptureDevice? _input;
    private SoundStatus _status = new(SoundState.Opening, settings.Device);
    private string? _lastName;
    private long _opened, _retryAt;
    private double _pause = 1;

    /// <summary>The open input, or null. Any thread; what was read here may be closed meanwhile, which its reader does not mind.</summary>
    public ICaptureDevice? Input => Volatile.Read(ref _input);

    /// <summary>What it does. Any thread.</summary>
    public SoundStatus Status => Volatile.Read(ref _status);

    /// <summary>Does what is due. One thread.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <returns>When to call again at the latest, in monotonic time.</returns>
    public long Step(long now)
    {
        if (_input is { } input)
        {
            long heard = Math.Max(_opened, input.NewestTime);
            if (input.IsGone || now - heard > Ticks(SilentAfter))
                Lose(now, input.IsGone ? "it was taken away" : "it brings no sound");
            else if (IsFollowing && system.NameOf(settings) is { } name && name != input.DeviceName)
                Close();
            else
                return now + Ticks(LookEvery);
        }
        if (now < _retryAt)
            return _retryAt;
        Open(now);
        return _input is null ? _retryAt : now + Ticks(LookEvery);
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private bool IsFollowing => settings.Device is AudioDevices.Default or AudioDevices.Monitor;

    private void Open(long now)
    {
        try
        {
            if (_retryAt > 0)
                system.Refresh();
            ICaptureDevice opened = system.Open(settings, arrived);
            (_lastName, _opened, _retryAt, _pause) = (opened.DeviceName, now, 0, 1);
            Volatile.Write(ref _status, new SoundStatus(SoundState.Listening, opened.DeviceName));
            Volatile.Write(ref _input, opened);
            arrived.Set();
        }
        catch (AInimException error)
        {
            Retry(now, error.Message);
        }
    }

    private void Lose(long now, string problem)
    {
        Close();
        Retry(now, problem);
    }

    private void Retry(long now, string problem)
    {
        _retryAt = now + Ticks(_pause);
        _pause = Math.Min(LongestPause, 2 * _pause);
        Volatile.Write(ref _status, new SoundStatus(_lastName is null ? SoundState.Missing : SoundState.Lost, _lastName ?? settings.Device, problem, _retryAt));
        arrived.Set();
    }

    private void Close()
    {
        ICaptureDevice? closing = _input;
        Volatile.Write(ref _input, null);
        closing?.Dispose();
    }

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
