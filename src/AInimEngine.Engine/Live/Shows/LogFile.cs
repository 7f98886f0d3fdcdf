using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Appends records to a show log: length, kind, content, CRC-32C over kind and content. A record is in the system's hands when
/// <see cref="Flush"/> returns, so that a killed program loses none of those. One thread.
/// </summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>The one file in a show's folder.</summary>
    internal const string Name = "show.log";

    /// <summary>Largest record that is read.</summary>
    internal const int MostBytes = 16 << 20;

    /// <summary>Added to the kind of a record whose content is compressed (Brotli), behind its true length.</summary>
    internal const byte Compressed = 0x80;

    // Smaller records are not worth the time.
    private const int LeastCompressed = 2048;

    private readonly FileStream _stream;
    private byte[] _packed = new byte[1 << 16];

    /// <param name="path">A new file.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal LogFile(string path)
    {
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        _stream.Write(Magic);
    }

    /// <summary>How the file begins: a name and the version.</summary>
    internal static ReadOnlySpan<byte> Magic => "ainim show 1\n"u8;

    /// <summary>Appends a record.</summary>
    internal void Write(LogKind kind, ReadOnlySpan<byte> content)
    {
        byte marked = (byte)kind;
        if (content.Length >= LeastCompressed)
        {
            int most = BrotliEncoder.GetMaxCompressedLength(content.Length) + sizeof(int);
            if (_packed.Length < most)
                _packed = new byte[most];
            BinaryPrimitives.WriteInt32LittleEndian(_packed, content.Length);
            if (BrotliEncoder.TryCompress(content, _packed.AsSpan(sizeof(int)), out int length, quality: 1, window: 22) && length + sizeof(int) < content.Length)
            {
                content = _packed.AsSpan(0, sizeof(int) + length);
                marked |= Compressed;
            }
        }
        Span<byte> head = stackalloc byte[sizeof(int) + 1], tail = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32LittleEndian(head, content.Length);
        head[sizeof(int)] = marked;
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Check(marked, content));
        _stream.Write(head);
        _stream.Write(content);
        _stream.Write(tail);
    }

    /// <summary>Hands all to the system; to the disk where that is asked for.</summary>
    internal void Flush(bool toDisk) => _stream.Flush(toDisk);

    /// <summary>CRC-32C of a record.</summary>
    internal static uint Check(byte kind, ReadOnlySpan<byte> content)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, kind);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(content);
        foreach (ulong word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (byte left in content[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, left);
        return ~crc;
    }

    /// <summary>Makes the folder of a show: the name that was asked for, or the first free one with a number.</summary>
    /// <exception cref="AInimException">It cannot be made.</exception>
    internal static string MakeFolder(string wanted)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(wanted)), extension = Path.GetExtension(full), name = full[..^extension.Length], folder = full;
        try
        {
            for (int number = 2; Path.Exists(folder); number++)
                folder = $"{name}-{number}{extension}";
            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot log the show to '{wanted}': {SystemReason.Of(error)} Choose another --log.", error);
        }
    }

    /// <summary>Closes the file. A disk that takes the rest no more is no news here: writing has told it, or flushing.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What is in the file can be read.
        }
    }
}
