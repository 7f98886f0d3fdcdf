using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Streaming;

namespace AInimEngine.Engine.Live.Outputs;

/// <summary>
/// One program that takes pictures, on a thread of its own. A few wait for it at most; while it takes none, new ones take the
/// place of old ones and are counted. A FIFO whose reader went away waits for the next one.
/// </summary>
internal sealed class PictureFeed : IDisposable
{
    /// <summary>Pictures that wait, at most.</summary>
    internal const int Waiting = 3;

    // What fails at once would be started without end.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2), s_rest = TimeSpan.FromSeconds(1);

    private readonly PicturePool _pool;
    private readonly Func<PictureStream> _start;
    private readonly Action<Stream>? _read;
    private readonly Func<bool>? _again;
    private readonly Lock _lock = new();
    private readonly Queue<OutputPicture> _queue = new(Waiting);
    private readonly AutoResetEvent _wake = new(false);
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;
    private PictureStream? _stream;
    private long _written, _dropped;
    private volatile bool _over;
    private string? _message;

    /// <param name="name">Of its thread.</param>
    /// <param name="pool">Where pictures come from.</param>
    /// <param name="start">Starts the stream; again, where <paramref name="again"/>.</param>
    /// <param name="again">Asked whether a stream that ended is started anew; null for never.</param>
    /// <param name="read">Reads what the stream makes, to its end, on a thread of its own; null where it goes elsewhere.</param>
    internal PictureFeed(string name, PicturePool pool, Func<PictureStream> start, Func<bool>? again = null, Action<Stream>? read = null)
    {
        (_pool, _start, _again, _read) = (pool, start, again, read);
        _thread = new Thread(Feed) { Name = name, IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Pictures written.</summary>
    internal long Written => Volatile.Read(ref _written);

    /// <summary>Pictures that nobody took in time.</summary>
    internal long Dropped => Volatile.Read(ref _dropped);

    /// <summary>It has ended for good.</summary>
    internal bool IsOver => _over;

    /// <summary>Tells once why it ended, or that it goes on.</summary>
    internal string? TakeMessage() => _message is null ? null : Interlocked.Exchange(ref _message, null);

    /// <summary>Takes a picture. The display's thread; never waits, allocates nothing.</summary>
    internal void Offer(OutputPicture picture)
    {
        if (_over || _ending.IsSet)
            return;
        OutputPicture? old = null;
        lock (_lock)
        {
            if (_queue.Count == Waiting)
            {
                old = _queue.Dequeue();
                Volatile.Write(ref _dropped, _dropped + 1);
            }
            _pool.Hold(picture);
            _queue.Enqueue(picture);
        }
        if (old is not null)
            _pool.Release(old);
        _wake.Set();
    }

    /// <summary>
    /// Ends it: what waits is still written, but not waited for longer than two seconds, nor what was written for longer than
    /// two more until it is read.
    /// </summary>
    public void Dispose()
    {
        _ending.Set();
        _wake.Set();
        // It may be starting the next one when it is told to end.
        while (!_thread.Join(EndPatience))
            Volatile.Read(ref _stream)?.Kill();
        _wake.Dispose();
        _ending.Dispose();
    }

    private void Feed()
    {
        while (!_ending.IsSet && !_over)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                FeedOne();
            }
#pragma warning disable CA1031 // Whatever another program does, the show goes on.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Forget();
                if (_again is not null && Stopwatch.GetElapsedTime(start) < s_rest)
                    _ending.Wait(s_rest);
                bool again = _again?.Invoke() ?? false;
                Volatile.Write(ref _message, again ? $"{error.Message}; waiting for another reader" : error.Message);
                _over = !again;
                Forget();
            }
        }
        _over = true;
        Forget();
    }

    private void FeedOne()
    {
        using PictureStream stream = _start();
        Volatile.Write(ref _stream, stream);
        Thread? reader = _read is null ? null : new Thread(() => Read(stream)) { Name = $"{_thread.Name} reader", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        try
        {
            reader?.Start();
            while (Take() is { } picture)
                Write(stream, picture);
            stream.Finish();
        }
        finally
        {
            stream.Kill();
            // It may hand on to somebody who takes nothing any more.
            reader?.Join(EndPatience);
            Volatile.Write(ref _stream, null);
        }
    }

    private void Read(PictureStream stream)
    {
        try
        {
            _read!(stream.Output);
        }
#pragma warning disable CA1031 // Who writes to it learns there that nobody reads.
        catch (Exception)
#pragma warning restore CA1031
        {
            stream.Kill();
        }
    }

    /// <summary>The next picture, or null at the end.</summary>
    private OutputPicture? Take()
    {
        while (true)
        {
            bool last = _ending.IsSet;
            lock (_lock)
                if (_queue.TryDequeue(out OutputPicture? picture))
                    return picture;
            if (last)
                return null;
            _wake.WaitOne();
        }
    }

    private void Write(PictureStream stream, OutputPicture picture)
    {
        try
        {
            stream.Write(picture.Bytes, picture.Seconds);
            Volatile.Write(ref _written, _written + 1);
        }
        finally
        {
            _pool.Release(picture);
        }
    }

    private void Forget()
    {
        lock (_lock)
            while (_queue.TryDequeue(out OutputPicture? picture))
                _pool.Release(picture);
    }
}
