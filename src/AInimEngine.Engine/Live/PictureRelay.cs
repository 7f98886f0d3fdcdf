using System.Diagnostics;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Engine.Live.Interop;

namespace AInimEngine.Engine.Live;

/// <summary>
/// The generator's thread: the newest controls in, the newest picture out, nothing in between. A picture that fails is told and
/// tried again; the last good one stays. Owns the thread and its pictures; the generator is the caller's.
/// </summary>
internal sealed class PictureRelay : IDisposable
{
    private readonly Action<ControlFrame, Image> _decode;
    private readonly Func<string?>? _trouble;
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly ControlFrame _wanted, _working;
    private readonly Thread _thread;
    private Image _making, _finished, _taken;
    private long _wantedFrame = -1, _finishedFrame = -1, _takenFrame = -1, _lastStart, _leastInterval;
    private Pace _pace;
    private double _interval, _latency;
    private bool _hasNew;
    private volatile bool _stop, _hasLeft;
    private IDisposable? _rest;
    private string? _failure;
    private Action<ControlFrame, long>? _made;
    private long _pictures, _failures;

    /// <param name="decode">Makes a picture; called on the relay's thread.</param>
    /// <param name="layout">Of the controls.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="trouble">Asked after every picture why it is none; null when it is one.</param>
    internal PictureRelay(Action<ControlFrame, Image> decode, FrameLayout layout, int width, int height, Func<string?>? trouble = null)
    {
        (_decode, _trouble) = (decode, trouble);
        _wanted = new ControlFrame(layout);
        _working = new ControlFrame(layout);
        _making = new Image(width, height, PixelFormat.Rgba16F);
        _finished = new Image(width, height, PixelFormat.Rgba16F);
        _taken = new Image(width, height, PixelFormat.Rgba16F);
        _thread = new Thread(Run) { Name = "generator", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Pictures made.</summary>
    internal long Pictures => Volatile.Read(ref _pictures);

    /// <summary>Why the last picture failed; null when it did not.</summary>
    internal string? Failure => Volatile.Read(ref _failure);

    /// <summary>Pictures that failed.</summary>
    internal long Failures => Volatile.Read(ref _failures);

    /// <summary>Seconds from one picture to the next, smoothed; 0 before the second.</summary>
    internal double Interval => Volatile.Read(ref _interval);

    /// <summary>Seconds that a picture takes, smoothed.</summary>
    internal double Latency => Volatile.Read(ref _latency);

    /// <summary>The frame that the picture taken last was made for.</summary>
    internal long TakenFrame => _takenFrame;

    /// <summary>Pictures come no faster than this in the mean: seconds from one to the next, 0 for as fast as it can.</summary>
    internal double LeastInterval
    {
        set => Volatile.Write(ref _leastInterval, (long)(value * Stopwatch.Frequency));
    }

    /// <summary>Told the controls and the frame of every picture that was made, before it can be taken. The relay's thread; null for nobody.</summary>
    internal Action<ControlFrame, long>? Made
    {
        set => Volatile.Write(ref _made, value);
    }

    /// <summary>Asks for a picture of these controls, instead of those that still wait. The display's thread.</summary>
    internal void Ask(ControlFrame controls, long frame)
    {
        lock (_lock)
        {
            _wanted.CopyFrom(controls);
            _wantedFrame = frame;
        }
        _wake.Set();
    }

    /// <summary>Takes the newest picture, if there is one that was not taken. Valid until the next call. The display's thread.</summary>
    internal bool TryTake(out Image picture)
    {
        lock (_lock)
        {
            picture = _taken;
            if (!_hasNew)
                return false;
            (_taken, _finished) = (_finished, _taken);
            _takenFrame = _finishedFrame;
            _hasNew = false;
            picture = _taken;
            return true;
        }
    }

    /// <summary>The thread has ended, so that <see cref="Dispose"/> does not wait.</summary>
    internal bool HasLeft => _hasLeft;

    /// <summary>
    /// Ends the thread after its present picture, however long that takes, and lets it free what it worked with: the caller does
    /// not wait. No picture is taken or asked for from here on.
    /// </summary>
    /// <param name="rest">Freed by the thread as its last.</param>
    internal void Leave(IDisposable rest)
    {
        _rest = rest;
        _stop = true;
        _wake.Set();
    }

    /// <summary>Ends the thread after its present picture, and waits for that.</summary>
    public void Dispose()
    {
        _stop = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _making.Dispose();
        _finished.Dispose();
        _taken.Dispose();
    }

    private void Run()
    {
        ThreadShare.Set(ThreadShare.Generator);
        Try(MakeAll);
        // Also one that failed frees what it is left with.
        while (!_stop)
            _wake.WaitOne();
        Try(() => _rest?.Dispose());
        _hasLeft = true;
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // Neither a picture nor what is over may end the show.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, error.Message);
        }
    }

    private void MakeAll()
    {
        long last = -1;
        while (!_stop)
        {
            _wake.WaitOne();
            long frame;
            lock (_lock)
            {
                frame = _wantedFrame;
                if (frame != last)
                    _working.CopyFrom(_wanted);
            }
            if (_stop || frame == last)
                continue;
            long start = Stopwatch.GetTimestamp();
            if (!_pace.TryTake(start, Volatile.Read(ref _leastInterval)))
                continue; // the next request, a frame later, looks again
            last = frame;
            Make(frame, start);
        }
    }

    private void Make(long frame, long start)
    {
        try
        {
            _decode(_working, _making);
        }
#pragma warning disable CA1031 // Whatever a generator does, the last picture stays and the show goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(error.Message);
            return;
        }
        if (_trouble?.Invoke() is { } reason)
        {
            Fail(reason);
            return;
        }
        Volatile.Write(ref _failure, null);
        Volatile.Read(ref _made)?.Invoke(_working, frame);
        double took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Volatile.Write(ref _latency, _latency <= 0 ? took : _latency + 0.2 * (took - _latency));
        if (_lastStart > 0)
        {
            double interval = Math.Min(1, (double)(start - _lastStart) / Stopwatch.Frequency);
            Volatile.Write(ref _interval, _interval <= 0 ? interval : _interval + 0.2 * (interval - _interval));
        }
        _lastStart = start;
        lock (_lock)
        {
            (_making, _finished) = (_finished, _making);
            _finishedFrame = frame;
            _hasNew = true;
        }
        Volatile.Write(ref _pictures, _pictures + 1);
    }

    private void Fail(string reason)
    {
        Volatile.Write(ref _failure, reason);
        Volatile.Write(ref _failures, _failures + 1);
    }
}
