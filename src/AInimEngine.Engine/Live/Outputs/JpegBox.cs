using System.Buffers.Text;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Live.Outputs;

/// <summary>The newest JPEG picture: one thread puts it in, many copy it out and wait for the next. Allocates only to grow.</summary>
internal sealed class JpegBox
{
    private const int LongestLine = 200, Largest = 64 << 20;

    private readonly object _gate = new();
    private byte[] _newest = [], _reading = [];
    private int _length;
    private long _number;
    private bool _closed;

    /// <summary>Number of the newest picture; 0 before the first.</summary>
    internal long Number
    {
        get
        {
            lock (_gate)
                return _number;
        }
    }

    /// <summary>Reads pictures as ffmpeg's mpjpeg writes them until the stream ends.</summary>
    /// <exception cref="IOException">The stream breaks.</exception>
    /// <exception cref="AInimException">It is of another kind.</exception>
    internal void Fill(Stream mpjpeg)
    {
        using var buffered = new BufferedStream(mpjpeg, 1 << 16);
        Span<byte> line = stackalloc byte[LongestLine];
        int length = 0;
        while (TryReadLine(buffered, line, out int count))
        {
            ReadOnlySpan<byte> field = "content-length:"u8, text = line[..count];
            if (text.Length > field.Length && System.Text.Ascii.EqualsIgnoreCase(text[..field.Length], field) && Utf8Parser.TryParse(text[field.Length..].TrimStart((byte)' '), out int said, out _))
                length = said;
            if (count > 0 || length == 0)
                continue;
            if (length is < 0 or > Largest)
                throw new AInimException(ExitCode.Internal, $"a preview picture of {length} bytes");
            if (_reading.Length < length)
                _reading = new byte[length + length / 2];
            buffered.ReadExactly(_reading, 0, length);
            lock (_gate)
            {
                (_newest, _reading) = (_reading, _newest);
                (_length, length) = (length, 0);
                _number++;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Copies the newest picture after one that was seen; waits for it.</summary>
    /// <param name="seen">Number of the last one that was seen.</param>
    /// <param name="copy">Grows where it is too short.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="length">Bytes of the picture.</param>
    /// <returns>Its number; 0 when none came in time or the show is over.</returns>
    internal long Copy(long seen, ref byte[] copy, TimeSpan timeout, out int length)
    {
        length = 0;
        lock (_gate)
        {
            while (_number <= seen && !_closed)
                if (!Monitor.Wait(_gate, timeout))
                    return 0;
            if (_closed)
                return 0;
            if (copy.Length < _length)
                copy = new byte[_length + _length / 2];
            _newest.AsSpan(0, length = _length).CopyTo(copy);
            return _number;
        }
    }

    /// <summary>Nobody waits any more.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private static bool TryReadLine(BufferedStream stream, Span<byte> line, out int count)
    {
        count = 0;
        for (int value; (value = stream.ReadByte()) >= 0;)
        {
            if (value == '\n')
            {
                count -= count > 0 && line[count - 1] == '\r' ? 1 : 0;
                return true;
            }
            if (count < line.Length)
                line[count++] = (byte)value;
        }
        return false;
    }
}
