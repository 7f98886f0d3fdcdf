using System.Diagnostics;
using AInimEngine.Audio.Interop;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Capture;

/// <summary>
/// An input for the stage: sound goes on for ever. While the device is gone, silence comes at the clock's pace, so that
/// features fade and the timeline goes on; meanwhile a thread of its own opens the device again by its name, and follows the
/// system's default where the default was asked for. Nothing about devices is thrown: <see cref="Status"/> says it. One thread
/// waits and reads.
/// </summary>
public sealed class LiveInput : ISoundSource
{
    /// <summary>A device that brings nothing for so long is filled up with silence: 0.1 s.</summary>
    private const long StallFrames = SoundFormat.SampleRate / 10;

    private const int PaceFrames = 256;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds((double)PaceFrames / SoundFormat.SampleRate);

    private readonly AutoResetEvent _arrived;
    private readonly ManualResetEventSlim _stop = new(false);
    private readonly InputSupervisor _supervisor;
    private readonly Func<long> _timestamp;
    private readonly Thread? _thread;
    private ICaptureDevice? _reading;
    private long _position, _lostBefore, _soundUntil, _silence;
    private bool _isSilent = true, _disposed;

    internal LiveInput(InputSupervisor supervisor, AutoResetEvent arrived, Func<long> timestamp, bool supervise)
    {
        _supervisor = supervisor;
        _arrived = arrived;
        _timestamp = timestamp;
        _soundUntil = timestamp();
        if (!supervise)
            return;
        _thread = new Thread(Supervise) { Name = "sound input", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public SoundStatus Status => _supervisor.Status;

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <inheritdoc/>
    public long Lost => Volatile.Read(ref _lostBefore) + (_reading?.Lost ?? 0);

    /// <inheritdoc/>
    public long Time => _soundUntil + SoundFormat.Ticks(_silence);

    /// <inheritdoc/>
    public bool Ended => false;

    /// <summary>What comes now is the silence that stands in for a device.</summary>
    public bool IsStandIn => Volatile.Read(ref _isSilent);

    /// <summary>Starts to listen; the device is opened by another thread, and silence comes until it is.</summary>
    /// <param name="settings">What to listen to. Use <see cref="Devices.AudioDevices.FindInput"/> before, where a wrong name should be refused.</param>
    /// <param name="timestamp">Monotonic time in ticks of <see cref="Stopwatch.Frequency"/>; <see cref="Stopwatch.GetTimestamp"/> if null.</param>
    public static LiveInput Start(AudioInputSettings settings, Func<long>? timestamp = null)
    {
        SdlAudio.TryStart();
        var arrived = new AutoResetEvent(false);
        return new LiveInput(new InputSupervisor(new SdlCaptureSystem(), settings, arrived), arrived, timestamp ?? Stopwatch.GetTimestamp, supervise: true);
    }

    /// <inheritdoc/>
    public bool Wait(TimeSpan timeout)
    {
        long end = _timestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        for (; ; )
        {
            if (Due() > 0)
                return true;
            double left = (double)(end - _timestamp()) / Stopwatch.Frequency;
            if (left <= 0 || _disposed)
                return false;
            // Silence is made by the clock, 256 samples at a time; sound wakes the reader itself.
            TimeSpan pause = TimeSpan.FromSeconds(Math.Min(left, _isSilent ? Pace.TotalSeconds : (double)StallFrames / SoundFormat.SampleRate));
            _arrived.WaitOne(pause);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        if (Due() == 0)
            return 0;
        int count;
        if (_reading is { Available: > 0 } input)
        {
            count = input.Read(interleaved);
            (_soundUntil, _silence) = (input.Time, 0);
            Volatile.Write(ref _isSilent, false);
        }
        else
        {
            count = (int)Math.Min(SilenceDue(), interleaved.Length / SoundFormat.Channels);
            interleaved[..(count * SoundFormat.Channels)].Clear();
            _silence += count;
            Volatile.Write(ref _isSilent, true);
        }
        Volatile.Write(ref _position, _position + count);
        return count;
    }

    /// <summary>Closes the device and ends the thread.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _stop.Set();
        _thread?.Join();
        _supervisor.Dispose();
        _stop.Dispose();
        _arrived.Dispose();
    }

    /// <summary>How many samples per channel can be handed out now.</summary>
    private long Due()
    {
        ICaptureDevice? input = _supervisor.Input;
        if (!ReferenceEquals(input, _reading) && (input is not null || _reading!.Available == 0))
        {
            // What the lost device had brought is read to its end, unless another one is there.
            _lostBefore += _reading?.Lost ?? 0;
            _reading = input;
        }
        int available = _reading?.Available ?? 0;
        if (available > 0)
        {
            if (!_isSilent)
                return available;
            // Silence stood for the time until now: only the newest is still to come.
            _reading!.SkipToNewest(keep: PaceFrames);
            return _reading.Available;
        }
        long silence = SilenceDue();
        return _isSilent || _reading is null || silence > StallFrames ? silence : 0;
    }

    private long SilenceDue() => Math.Max(0, SoundFormat.Frames(_timestamp() - _soundUntil) - _silence);

    private void Supervise()
    {
        while (!_stop.IsSet)
        {
            long now = _timestamp();
            long next;
            try
            {
                next = _supervisor.Step(now);
            }
            catch (AInimException)
            {
                next = now + Stopwatch.Frequency; // the sound system itself is gone; the next step says so
            }
            _stop.Wait(TimeSpan.FromSeconds(Math.Max(0.001, (double)(next - now) / Stopwatch.Frequency)));
        }
    }
}
