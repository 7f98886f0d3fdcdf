using System.Buffers.Binary;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// The way of records to the thread that writes them: bounded, in order, of many writers and one reader. Nobody waits: a record
/// that finds no room is lost and counted. Allocates nothing after it was made.
/// </summary>
/// <param name="capacity">Bytes.</param>
internal sealed class LogBuffer(int capacity) : IDisposable
{
    private const int HeadSize = sizeof(int) + 1;

    private readonly byte[] _bytes = new byte[capacity];
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(false);
    private long _begin, _end, _lost;
    private bool _closed;

    /// <summary>Records that found no room.</summary>
    internal long Lost => Volatile.Read(ref _lost);

    /// <summary>Nothing comes any more.</summary>
    internal bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Hands a record on. Any thread.</summary>
    internal bool TryWrite(LogKind kind, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body = default)
    {
        int length = head.Length + body.Length;
        lock (_lock)
        {
            if (_closed)
                return false;
            if (_bytes.Length - (_end - _begin) < HeadSize + length)
            {
                _lost++;
                return false;
            }
            Span<byte> start = stackalloc byte[HeadSize];
            BinaryPrimitives.WriteInt32LittleEndian(start, length);
            start[sizeof(int)] = (byte)kind;
            Put(start);
            Put(head);
            Put(body);
            _wake.Set();
            return true;
        }
    }

    /// <summary>Takes the oldest record. The reader's thread.</summary>
    /// <param name="record">Grows where it is too small.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="length">Bytes of it.</param>
    internal bool TryRead(ref byte[] record, out LogKind kind, out int length)
    {
        lock (_lock)
        {
            (kind, length) = (default, 0);
            if (_begin == _end)
                return false;
            Span<byte> start = stackalloc byte[HeadSize];
            Get(start);
            (length, kind) = (BinaryPrimitives.ReadInt32LittleEndian(start), (LogKind)start[sizeof(int)]);
            if (record.Length < length)
                record = new byte[length];
            Get(record.AsSpan(0, length));
            return true;
        }
    }

    /// <summary>Sleeps until something was written, <see cref="Wake"/> was called, or it was closed. The reader's thread.</summary>
    internal void Wait(TimeSpan most) => _wake.WaitOne(most);

    /// <summary>Wakes the reader.</summary>
    internal void Wake()
    {
        lock (_lock)
            if (!_closed)
                _wake.Set();
    }

    /// <summary>Takes nothing more; what is in it can still be read.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            _wake.Set();
        }
    }

    /// <summary>After <see cref="Close"/> and the end of the reader's thread.</summary>
    public void Dispose() => _wake.Dispose();

    private void Put(ReadOnlySpan<byte> bytes)
    {
        int at = (int)(_end % _bytes.Length), first = Math.Min(bytes.Length, _bytes.Length - at);
        bytes[..first].CopyTo(_bytes.AsSpan(at));
        bytes[first..].CopyTo(_bytes);
        _end += bytes.Length;
    }

    private void Get(Span<byte> bytes)
    {
        int at = (int)(_begin % _bytes.Length), first = Math.Min(bytes.Length, _bytes.Length - at);
        _bytes.AsSpan(at, first).CopyTo(bytes);
        _bytes.AsSpan(0, bytes.Length - first).CopyTo(bytes[first..]);
        _begin += bytes.Length;
    }
}
