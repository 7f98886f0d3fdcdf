using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AInimEngine.Analysis;
using AInimEngine.Audio;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Engine.Live.Recording;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Writes down what a show is made of, so that it can be made again: see <see cref="LogKind"/>. The display's, the generators'
/// and the hearing thread hand records to a thread that writes; none of them waits or, in the steady path, allocates. What finds no
/// room is lost and counted. A log that cannot be written any more ends, and the show goes on.
/// </summary>
internal sealed class ShowLog : IDisposable
{
    // Ten seconds of the largest generators' controls.
    private const int BufferBytes = 8 << 20;
    private const int HashSlots = 3, HashBytes = 16, SoundBlock = 2048;
    private static readonly TimeSpan DiskInterval = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromSeconds(1);

    private readonly LiveSettings _settings;
    private readonly ISoundSource _source;
    private readonly LogBuffer _buffer = new(BufferBytes);
    private readonly LogPacker _packer = new(new byte[1 << 16]);
    private readonly byte[] _soundBytes = new byte[SoundBlock * Hop.Channels * 3];
    private readonly SoundTimes _soundTimes = new();
    private readonly OutputReader? _reader;
    private readonly Lock _lock = new();
    private readonly Queue<HashSlot> _toHash = new(HashSlots);
    private readonly Stack<HashSlot> _freeSlots = new(HashSlots);
    private readonly AutoResetEvent _handedBack = new(false);
    private readonly LogFile _file;
    private readonly Thread _thread;
    private long _start = long.MinValue, _lostTold, _nextHash;
    private int _serial;
    private string? _failure;
    private bool _failureTold;

    /// <param name="context">The display's.</param>
    /// <param name="settings">The show's: where the log goes, and which pictures it has hashes of.</param>
    /// <param name="source">The show's sound.</param>
    /// <param name="display">Name of the display.</param>
    /// <exception cref="AInimException">The folder cannot be made.</exception>
    internal ShowLog(GlContext context, LiveSettings settings, ISoundSource source, string display)
    {
        (_settings, _source) = (settings, source);
        Folder = LogFile.MakeFolder(settings.Log!);
        _file = new LogFile(Path.Combine(Folder, LogFile.Name));
        if (settings.LogHashes > 0)
        {
            _reader = new OutputReader(context, settings.Width, settings.Height, OutputFormat.Rgba8);
            for (int i = 0; i < HashSlots; i++)
                _freeSlots.Push(new HashSlot(new byte[_reader.ByteCount]));
        }
        string engine = typeof(ShowLog).Assembly.GetName().Version?.ToString() ?? "";
        new LogHead(engine, $"{context.Info.Renderer}, {context.Info.Version}", display, settings.Width, settings.Height, settings.Fps, settings.LimitFlashes).Pack(_packer);
        _buffer.TryWrite(LogKind.Head, _packer.Written);
        _thread = new Thread(Write) { Name = "show log", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Where it lies.</summary>
    internal string Folder { get; }

    /// <summary>Records that found no room.</summary>
    internal long Lost => _buffer.Lost;

    /// <summary>A preset comes on stage. The display's thread.</summary>
    internal void Attach(LiveDeck deck)
    {
        Scene scene = deck.Scene;
        deck.Serial = ++_serial;
        FrameLayout layout = deck.Controls.Layout;
        new LogDeck(_serial, deck.Name, scene.Preset.Text.ToArray(), _settings.Model ?? "", _settings.Seed, scene.Generator.Name, scene.ModelHash, scene.Precision,
            LogDeck.HashOf(layout), layout.Size, deck.Latent.Length).Pack(_packer);
        _buffer.TryWrite(LogKind.Deck, _packer.Written);
        _packer.Reserve(4096 + 2 * LogDeckState.BytesOf(deck));
        int serial = _serial;
        deck.Relay.Made = (controls, frame) =>
        {
            Span<byte> head = stackalloc byte[LogPicture.HeadSize];
            LogPicture.PackHead(head, serial, frame, controls.Time.Index, controls.Values.Length);
            _buffer.TryWrite(LogKind.Picture, head, MemoryMarshal.AsBytes(controls.Values.AsSpan()));
        };
    }

    /// <summary>Takes a picture that is shown. The display's thread.</summary>
    internal void Take(LiveStage stage, GlTexture picture, in ShownFrame shown)
    {
        if (_start == long.MinValue)
            Volatile.Write(ref _start, shown.Due - (long)(shown.Frame / _settings.Fps.Value * Stopwatch.Frequency));
        if (stage.Playing.Serial == 0)
            Attach(stage.Playing);
        if (stage.Coming is { Serial: 0 } coming)
            Attach(coming);
        LogFrame.Pack(_packer, stage, shown);
        _buffer.TryWrite(LogKind.Frame, _packer.Written);
        if (_reader is null)
            return;
        Collect();
        if (shown.Frame >= _nextHash && !_buffer.IsClosed && _reader.TryBegin(picture, shown.Frame))
            _nextHash = shown.Frame + _settings.LogHashes;
    }

    /// <summary>Takes what a hand did. The display's thread.</summary>
    internal void Take(long frame, string row, float value, string? text)
    {
        _packer.Clear().Add(frame).Add(row).Add(value).Add(text ?? "");
        _buffer.TryWrite(LogKind.Event, _packer.Written);
    }

    /// <summary>Takes sound. The hearing thread.</summary>
    internal void Hear(ReadOnlySpan<float> samples, long position)
    {
        long start = Volatile.Read(ref _start);
        if (start == long.MinValue)
            return;
        double seconds = _soundTimes.Next(samples.Length / Hop.Channels, _source.Time, start);
        for (int from = 0; from < samples.Length; from += SoundBlock * Hop.Channels)
        {
            ReadOnlySpan<float> block = samples.Slice(from, Math.Min(SoundBlock * Hop.Channels, samples.Length - from));
            ShowSound.Pack(block, _soundBytes);
            double at = seconds + (double)from / Hop.Channels / Hop.SampleRate;
            _buffer.TryWrite(LogKind.Sound, MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in at)), _soundBytes.AsSpan(0, block.Length * 3));
        }
    }

    /// <summary>Tells once what is wrong.</summary>
    internal bool TryTakeMessage(out string message)
    {
        message = "";
        if (Volatile.Read(ref _failure) is { } failure && !_failureTold)
        {
            _failureTold = true;
            message = $"the show log has ended: {failure}";
        }
        else if (_lostTold == 0 && _buffer.Lost > 0)
        {
            _lostTold = _buffer.Lost;
            message = "the disk is too slow for the show log: parts of it are missing";
        }
        return message.Length > 0;
    }

    /// <summary>Ends the log and waits until it is on the disk. The display's thread.</summary>
    public void Dispose()
    {
        try
        {
            HashTheRest();
        }
        finally
        {
            _buffer.Close();
            _thread.Join();
            _file.Dispose();
            _buffer.Dispose();
            _reader?.Dispose();
            _handedBack.Dispose();
        }
    }

    private void HashTheRest()
    {
        if (_reader is null)
            return;
        _reader.Finish();
        for (int i = 0; _reader.UnderWay > 0 && Volatile.Read(ref _failure) is null && i < 1000; i++)
        {
            Collect();
            if (_reader.UnderWay > 0)
                _handedBack.WaitOne(TimeSpan.FromMilliseconds(10));
        }
    }

    private void Collect()
    {
        while (_reader!.UnderWay > 0)
        {
            HashSlot? slot;
            lock (_lock)
                if (!_freeSlots.TryPop(out slot))
                    return;
            bool read = _reader.TryRead(slot.Pixels, out long frame);
            slot.Frame = frame;
            lock (_lock)
            {
                if (!read)
                {
                    _freeSlots.Push(slot);
                    return;
                }
                _toHash.Enqueue(slot);
            }
            _buffer.Wake();
        }
    }

    private void Write()
    {
        var record = new byte[1 << 16];
        long flushed = Stopwatch.GetTimestamp(), lost = 0;
        try
        {
            while (true)
            {
                bool last = _buffer.IsClosed, wrote = false;
                while (_buffer.TryRead(ref record, out LogKind kind, out int length))
                {
                    _file.Write(kind, record.AsSpan(0, length));
                    wrote = true;
                }
                while (TryTakeSlot() is { } slot)
                    Hash(slot);
                if (_buffer.Lost != lost)
                {
                    lost = _buffer.Lost;
                    _file.Write(LogKind.Lost, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in lost)));
                }
                if (last)
                    break;
                bool toDisk = wrote && Stopwatch.GetElapsedTime(flushed) > DiskInterval;
                _file.Flush(toDisk);
                if (toDisk)
                    flushed = Stopwatch.GetTimestamp();
                _buffer.Wait(Idle);
            }
            _file.Write(LogKind.End, []);
            _file.Flush(toDisk: true);
        }
#pragma warning disable CA1031 // A log may end, the show may not.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _failure, SystemReason.Of(error));
            _buffer.Close();
        }
    }

    private HashSlot? TryTakeSlot()
    {
        lock (_lock)
            return _toHash.TryDequeue(out HashSlot? slot) ? slot : null;
    }

    private void Hash(HashSlot slot)
    {
        Span<byte> content = stackalloc byte[sizeof(long) + SHA256.HashSizeInBytes];
        MemoryMarshal.Write(content, slot.Frame);
        SHA256.HashData(slot.Pixels, content[sizeof(long)..]);
        _file.Write(LogKind.Hash, content[..(sizeof(long) + HashBytes)]);
        lock (_lock)
            _freeSlots.Push(slot);
        _handedBack.Set();
    }

    private sealed class HashSlot(byte[] pixels)
    {
        internal byte[] Pixels => pixels;

        internal long Frame { get; set; }
    }
}
