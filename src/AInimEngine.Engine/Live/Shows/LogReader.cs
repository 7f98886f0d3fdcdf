using System.Buffers.Binary;
using System.IO.Compression;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Reads a show log record by record, as far as it is whole: what a killed show left of its last record, or what a disk has spoilt,
/// ends it there and is told. No record makes it allocate more than <see cref="LogFile.MostBytes"/>. One thread.
/// </summary>
internal sealed class LogReader : IDisposable
{
    private readonly FileStream _stream;
    private readonly string _path;
    private byte[] _record = new byte[1 << 16], _plain = new byte[1 << 16];

    private LogReader(string path, FileStream stream) => (_path, _stream) = (path, stream);

    /// <summary>How the show was played.</summary>
    internal LogHead Head { get; private set; } = null!;

    /// <summary>Bytes at the end that cannot be read.</summary>
    internal long Broken { get; private set; }

    /// <summary>Where the next record begins.</summary>
    /// <exception cref="InvalidDataException">There is no such place.</exception>
    internal long Position
    {
        get => _stream.Position;
        set => _stream.Position = value >= LogFile.Magic.Length && value <= _stream.Length ? value : throw new InvalidDataException($"the log has no byte {value}");
    }

    /// <summary>Opens a log and reads its head.</summary>
    /// <param name="show">Folder of the show, or the file in it.</param>
    /// <exception cref="AInimException">It is none.</exception>
    internal static LogReader Open(string show)
    {
        string path = Directory.Exists(show) ? Path.Combine(show, LogFile.Name) : show;
        FileStream? stream = null;
        try
        {
            if (!File.Exists(path))
                throw new InvalidDataException("there is no such show");
            stream = SmallFile.Open(path);
            var magic = new byte[LogFile.Magic.Length];
            if (stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !LogFile.Magic.SequenceEqual(magic))
                throw new InvalidDataException("it is no show log, or one of another version");
            var reader = new LogReader(path, stream);
            if (!reader.Read(out LogKind kind, out ReadOnlySpan<byte> content) || kind != LogKind.Head)
                throw new InvalidDataException("its beginning is missing");
            reader.Head = LogHead.Unpack(content);
            return reader;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new AInimException(ExitCode.Input, $"cannot read the show '{show}': {(error is InvalidDataException ? error.Message : SystemReason.Of(error)).TrimEnd('.')}. Name the folder that --log made.", error);
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="kind">What it is; kinds that nobody knows are to be passed over.</param>
    /// <param name="content">Valid until the next call.</param>
    /// <returns>False at the end; see <see cref="Broken"/>.</returns>
    internal bool Read(out LogKind kind, out ReadOnlySpan<byte> content)
    {
        kind = default;
        content = default;
        long start = _stream.Position;
        if (Broken > 0 || start == _stream.Length)
            return false;
        Span<byte> head = stackalloc byte[sizeof(int) + 1], tail = stackalloc byte[sizeof(uint)];
        if (_stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return Break(start);
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        byte marked = head[sizeof(int)];
        if (length is < 0 or > LogFile.MostBytes || length + tail.Length > _stream.Length - _stream.Position)
            return Break(start);
        if (_record.Length < length)
            _record = new byte[length];
        Span<byte> record = _record.AsSpan(0, length);
        _stream.ReadExactly(record);
        _stream.ReadExactly(tail);
        if (BinaryPrimitives.ReadUInt32LittleEndian(tail) != LogFile.Check(marked, record))
            return Break(start);
        kind = (LogKind)(marked & ~LogFile.Compressed);
        if ((marked & LogFile.Compressed) == 0)
        {
            content = record;
            return true;
        }
        int plain = length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(record);
        if (plain is < 0 or > LogFile.MostBytes)
            return Break(start);
        if (_plain.Length < plain)
            _plain = new byte[plain];
        if (!BrotliDecoder.TryDecompress(record[sizeof(int)..], _plain.AsSpan(0, plain), out int written) || written != plain)
            return Break(start);
        content = _plain.AsSpan(0, plain);
        return true;
    }

    /// <summary>An error about what a whole record says.</summary>
    internal AInimException Refuse(InvalidDataException error) =>
        new(ExitCode.Input, $"the show log '{_path}' holds something wrong before byte {_stream.Position}: {error.Message}.", error);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Break(long start)
    {
        Broken = _stream.Length - start;
        return false;
    }
}
