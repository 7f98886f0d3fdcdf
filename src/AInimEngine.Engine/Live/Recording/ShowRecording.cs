using System.Diagnostics;
using AInimEngine.Analysis;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Recording;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;

namespace AInimEngine.Engine.Live.Recording;

/// <summary>
/// One file of a show: pictures from the display's thread, sound from the hearing one, both through slots that were made
/// before to a thread that feeds the encoder. Nobody waits for that thread: a picture that finds no slot is dropped, and the
/// one before is seen for longer, so that the length stays true.
/// </summary>
internal sealed class ShowRecording : IDisposable
{
    private const int PictureSlots = 6, SoundSlots = 512, BlockSize = 1024 * Hop.Channels;

    // Sound is timed by its count of samples; only a hole or a lost device is worth another time.
    private const double Drift = 0.08;

    private readonly OutputReader _reader;
    private readonly Rational _fps;
    private readonly string _path;
    private readonly string? _copy;
    private readonly Lock _lock = new();
    private readonly Queue<RecordingSlot> _ready = new(PictureSlots + SoundSlots);
    private readonly Stack<RecordingSlot> _freePictures = new(PictureSlots), _freeSounds = new(SoundSlots);
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly LiveEncoder _encoder;
    private long _start = long.MinValue, _firstFrame = -1, _lastFrame = -1, _dropped, _pictures, _lostSound;
    private double _soundEnd = double.NaN;
    private volatile bool _ending, _over;
    private bool _disposed;
    private string? _failure;

    /// <param name="context">The display's.</param>
    /// <param name="path">A new .mkv, or .mp4 for a copy in MP4 beside the .mkv.</param>
    /// <param name="width">Of the finished pictures.</param>
    /// <param name="height">Of the finished pictures.</param>
    /// <param name="fps">Of the display's clock.</param>
    /// <exception cref="AInimException">The file cannot be made.</exception>
    internal ShowRecording(GlContext context, string path, int width, int height, Rational fps)
    {
        if (width % 2 != 0 || height % 2 != 0)
            throw new AInimException(ExitCode.Usage, $"a picture of {width}x{height} cannot be recorded: use an even size");
        _fps = fps;
        _path = Path.ChangeExtension(path, ".mkv");
        _copy = Path.GetExtension(path).Equals(".mp4", StringComparison.OrdinalIgnoreCase) ? path : null;
        _reader = new OutputReader(context, width, height, OutputFormat.Yuv420);
        for (int i = 0; i < PictureSlots; i++)
            _freePictures.Push(new RecordingSlot { Picture = new byte[_reader.ByteCount] });
        for (int i = 0; i < SoundSlots; i++)
            _freeSounds.Push(new RecordingSlot { Sound = new float[BlockSize] });
        try
        {
            _encoder = LiveEncoder.Start(_path, width, height, fps, Hop.SampleRate, Hop.Channels);
        }
        catch
        {
            _reader.Dispose();
            _wake.Dispose();
            throw;
        }
        _thread = new Thread(Feed) { Name = "recording", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where it lies.</summary>
    internal string File => _copy ?? _path;

    /// <summary>Pictures written.</summary>
    internal long Pictures => Volatile.Read(ref _pictures);

    /// <summary>Pictures of the clock that are not in it; the one before is seen instead.</summary>
    internal long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Samples of sound that found no slot; silence instead.</summary>
    internal long LostSound => Volatile.Read(ref _lostSound);

    /// <summary>Why it ended before its time, or null.</summary>
    internal string? Failure => Volatile.Read(ref _failure);

    /// <summary>The file is closed, well or not.</summary>
    internal bool IsOver => _over;

    /// <summary>Number of ffmpeg's process, for tests.</summary>
    internal int ProcessId => _encoder.ProcessId;

    /// <summary>Takes a finished picture. The display's thread; never waits, allocates nothing.</summary>
    /// <param name="picture">Of the recording's size.</param>
    /// <param name="frame">Number on the clock.</param>
    /// <param name="due">Monotonic time of that frame.</param>
    internal void Take(GlTexture picture, long frame, long due)
    {
        if (_ending)
            return;
        if (_firstFrame < 0)
        {
            _firstFrame = frame;
            Volatile.Write(ref _start, due);
        }
        Collect();
        _reader.TryBegin(picture, frame);
    }

    /// <summary>Takes sound. The hearing thread; never waits, allocates nothing.</summary>
    /// <param name="samples">Interleaved, 48 kHz.</param>
    /// <param name="end">Monotonic time of the last of them.</param>
    internal void Hear(ReadOnlySpan<float> samples, long end)
    {
        long start = Volatile.Read(ref _start);
        if (_ending || start == long.MinValue)
            return;
        double length = (double)samples.Length / Hop.Channels / Hop.SampleRate;
        double measured = (double)(end - start) / Stopwatch.Frequency - length;
        if (double.IsNaN(_soundEnd) || Math.Abs(measured - _soundEnd) > Drift)
            _soundEnd = double.IsNaN(_soundEnd) ? measured : Math.Max(measured, _soundEnd);
        double at = _soundEnd;
        _soundEnd += length;
        if (at < 0)
            return;
        for (int from = 0; from < samples.Length; from += BlockSize)
        {
            ReadOnlySpan<float> block = samples.Slice(from, Math.Min(BlockSize, samples.Length - from));
            lock (_lock)
            {
                if (!_freeSounds.TryPop(out RecordingSlot? slot))
                {
                    _lostSound += block.Length / Hop.Channels;
                    continue;
                }
                block.CopyTo(slot.Sound);
                (slot.Length, slot.Seconds) = (block.Length, at + (double)from / Hop.Channels / Hop.SampleRate);
                _ready.Enqueue(slot);
            }
        }
        Wake();
    }

    /// <summary>Ends it; the file is closed by its own thread, see <see cref="IsOver"/>. The display's thread.</summary>
    internal void End()
    {
        Collect();
        _ending = true;
        Wake();
    }

    /// <summary>Ends it and waits until the file is whole. The display's thread.</summary>
    public void Dispose()
    {
        End();
        _thread.Join();
        _encoder.Dispose();
        _reader.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _wake.Dispose();
        }
    }

    // The hearing thread may still be in here when the display's thread closes the file.
    private void Wake()
    {
        lock (_lock)
            if (!_disposed)
                _wake.Set();
    }

    private void Collect()
    {
        while (_reader.UnderWay > 0)
        {
            RecordingSlot? slot;
            lock (_lock)
                if (!_freePictures.TryPop(out slot))
                    return; // the reader's ring fills up and counts
            bool read = _reader.TryRead(slot.Picture, out long frame);
            lock (_lock)
            {
                if (!read)
                {
                    _freePictures.Push(slot);
                    return;
                }
                Volatile.Write(ref _dropped, _dropped + (_lastFrame < 0 ? frame - _firstFrame : frame - _lastFrame - 1));
                _lastFrame = frame;
                slot.Seconds = (frame - _firstFrame) / _fps.Value;
                _ready.Enqueue(slot);
            }
            Wake();
        }
    }

    private void Feed()
    {
        try
        {
            while (true)
            {
                bool last = _ending;
                RecordingSlot? slot;
                lock (_lock)
                    _ready.TryDequeue(out slot);
                if (slot is not null)
                    Write(slot);
                else if (last)
                    break;
                else
                    _wake.WaitOne();
            }
            _encoder.Finish();
            if (_copy is not null)
                LiveEncoder.CopyToMp4(_path, _copy);
        }
#pragma warning disable CA1031 // A recording may end, the show may not.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, error.Message);
            _ending = true;
        }
        _over = true;
    }

    private void Write(RecordingSlot slot)
    {
        if (slot.Picture is { } picture)
        {
            _encoder.WritePicture(picture, slot.Seconds);
            Volatile.Write(ref _pictures, _pictures + 1);
        }
        else
        {
            _encoder.WriteSound(slot.Sound.AsSpan(0, slot.Length), slot.Seconds);
        }
        lock (_lock)
            (slot.Picture is null ? _freeSounds : _freePictures).Push(slot);
    }
}
