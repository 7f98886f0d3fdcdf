using AInimEngine.Analysis;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media;
using AInimEngine.Media.Recording;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;

namespace AInimEngine.Engine.Live.Recording;

/// <summary>
/// One file of a show: pictures from the display's thread, sound from the hearing one, both through slots that were made
/// before to a thread that starts, feeds and ends the encoder. Nobody waits for that thread: a picture that finds no slot is
/// dropped, and the one before is seen for longer, so that the length stays true. The first picture is the first one after the
/// encoder has started.
/// </summary>
internal sealed class ShowRecording : IDisposable
{
    private const int PictureSlots = 6, SoundSlots = 512, BlockSize = 1024 * Hop.Channels;

    private static readonly TimeSpan SlotPatience = TimeSpan.FromMilliseconds(100);

    private readonly OutputReader _reader;
    private readonly Rational _fps;
    private readonly FFmpegTools? _tools;
    private readonly RecordingNames _names;
    private readonly Lock _lock = new();
    private readonly Queue<RecordingSlot> _ready = new(PictureSlots + SoundSlots);
    private readonly Stack<RecordingSlot> _freePictures = new(PictureSlots), _freeSounds = new(SoundSlots);
    private readonly AutoResetEvent _wake = new(false), _handedBack = new(false);
    private readonly SoundTimes _soundTimes = new();
    private readonly Thread _thread;
    private LiveEncoder? _encoder;
    private long _start = long.MinValue, _firstFrame = -1, _lastFrame = -1, _dropped, _pictures, _lostSound;
    private volatile bool _running, _stopped, _ending, _over;
    private bool _disposed;
    private string? _failure;
    private string _file = "";

    /// <summary>Begins; returns at once, the encoder starts on its own thread.</summary>
    /// <param name="reader">Brings pictures back, as YUV 4:2:0; nothing is under way in it. Only this uses it until <see cref="IsDrained"/>.</param>
    /// <param name="names">Gives a new .mkv, or .mp4 for a copy in MP4 beside the .mkv.</param>
    /// <param name="fps">Of the display's clock.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    internal ShowRecording(OutputReader reader, RecordingNames names, Rational fps, FFmpegTools? tools)
    {
        (_reader, _names, _fps, _tools) = (reader, names, fps, tools);
        _thread = new Thread(Feed) { Name = "recording", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where it lies; known when it <see cref="IsRunning"/> or <see cref="IsOver"/>, "" where it never came to that.</summary>
    internal string File => _file;

    /// <summary>The encoder runs: pictures are taken from now on.</summary>
    internal bool IsRunning => _running;

    /// <summary>Number of its first frame on the clock; -1 before it.</summary>
    internal long FirstFrame => Volatile.Read(ref _firstFrame);

    /// <summary>Monotonic time of that; 0 before it.</summary>
    internal long Start => Math.Max(0, Volatile.Read(ref _start));

    /// <summary>Pictures written.</summary>
    internal long Pictures => Volatile.Read(ref _pictures);

    /// <summary>Pictures of the clock that are not in it; the one before is seen instead.</summary>
    internal long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Samples of sound that found no slot; silence instead.</summary>
    internal long LostSound => Volatile.Read(ref _lostSound);

    /// <summary>Why it ended before its time, or null.</summary>
    internal string? Failure => Volatile.Read(ref _failure);

    /// <summary>Its last picture was handed on: the reader is free for another.</summary>
    internal bool IsDrained => _ending;

    /// <summary>The file is closed, well or not.</summary>
    internal bool IsOver => _over;

    /// <summary>Number of ffmpeg's process, for tests.</summary>
    internal int ProcessId => _encoder?.ProcessId ?? 0;

    /// <summary>Takes a finished picture. The display's thread; never waits, allocates nothing.</summary>
    /// <param name="picture">Of the recording's size.</param>
    /// <param name="frame">Number on the clock.</param>
    /// <param name="due">Monotonic time of that frame.</param>
    internal void Take(GlTexture picture, long frame, long due)
    {
        if (_stopped || !_running)
            return;
        if (_firstFrame < 0)
        {
            Volatile.Write(ref _firstFrame, frame);
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
        if (_stopped || start == long.MinValue)
            return;
        double at = _soundTimes.Next(samples.Length / Hop.Channels, end, start);
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

    /// <summary>Takes no more; <see cref="Drain"/> follows until it says so. The display's thread.</summary>
    internal void Stop() => _stopped = true;

    /// <summary>Hands on what the GPU still had; the file is then closed by its own thread, see <see cref="IsOver"/>. The display's thread; never waits.</summary>
    /// <returns>Whether all is handed on.</returns>
    internal bool Drain()
    {
        Collect();
        if (_over)
            Discard();
        if (_reader.UnderWay == 0)
            End();
        return _ending;
    }

    /// <summary>Ends it and waits until the file is whole. The display's thread.</summary>
    public void Dispose()
    {
        Stop();
        if (!_ending)
        {
            _reader.Finish();
            // A feeding thread that is alive gives slots back, one that is not needs none.
            while (!Drain())
                _handedBack.WaitOne(SlotPatience);
        }
        _thread.Join();
        lock (_lock)
        {
            _disposed = true;
            _wake.Dispose();
            _handedBack.Dispose();
        }
    }

    private void End()
    {
        _ending = true;
        Wake();
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

    // Nobody writes any more: what the reader holds is let go of.
    private void Discard()
    {
        lock (_lock)
            while (_ready.TryDequeue(out RecordingSlot? slot))
                (slot.Picture is null ? _freeSounds : _freePictures).Push(slot);
        Collect();
    }

    private void Feed()
    {
        try
        {
            Encode();
        }
#pragma warning disable CA1031 // A recording may end, the show may not.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, error.Message);
            _stopped = true;
        }
        _over = true;
    }

    private void Encode()
    {
        try
        {
            _file = _names.Take();
            string path = Path.ChangeExtension(_file, ".mkv");
            for (int i = 0; i < PictureSlots; i++)
                _freePictures.Push(new RecordingSlot { Picture = new byte[_reader.ByteCount] });
            for (int i = 0; i < SoundSlots; i++)
                _freeSounds.Push(new RecordingSlot { Sound = new float[BlockSize] });
            _encoder = LiveEncoder.Start(path, _reader.Width, _reader.Height, _fps, Hop.SampleRate, Hop.Channels, _tools);
            _running = true;
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
            if (Path.GetExtension(_file).Equals(".mp4", StringComparison.OrdinalIgnoreCase))
                LiveEncoder.CopyToMp4(path, _file);
        }
        finally
        {
            _encoder?.Dispose(); // here, and not where the display would wait for ffmpeg
        }
    }

    private void Write(RecordingSlot slot)
    {
        if (slot.Picture is { } picture)
        {
            _encoder!.WritePicture(picture, slot.Seconds);
            Volatile.Write(ref _pictures, _pictures + 1);
        }
        else
        {
            _encoder!.WriteSound(slot.Sound.AsSpan(0, slot.Length), slot.Seconds);
        }
        lock (_lock)
            (slot.Picture is null ? _freeSounds : _freePictures).Push(slot);
        _handedBack.Set();
    }
}
