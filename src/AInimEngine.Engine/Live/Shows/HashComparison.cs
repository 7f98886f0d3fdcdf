using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>Compares the pictures of a replay with the hashes in the log, whichever comes first. One thread.</summary>
internal sealed class HashComparison(ShowRenderResult result)
{
    // One side is a few pictures ahead of the other; a log that never gives the other half keeps no more.
    private const int Most = 4096;

    private readonly Dictionary<long, UInt128> _logged = [], _made = [];
    private long _lastMade = -1;

    /// <summary>Takes a hash of the log.</summary>
    internal void Take(ReadOnlySpan<byte> record)
    {
        var from = new LogUnpacker(record);
        long frame = from.Next<long>();
        UInt128 hash = from.Next<UInt128>();
        if (_made.Remove(frame, out UInt128 made))
            Compare(frame, hash, made);
        else if (frame > _lastMade && _logged.Count < Most)
            _logged[frame] = hash;
    }

    /// <summary>Takes a picture that was made.</summary>
    internal void Take(long frame, ReadOnlySpan<byte> pixels)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(pixels, bytes);
        UInt128 made = MemoryMarshal.Read<UInt128>(bytes);
        _lastMade = frame;
        if (_logged.Remove(frame, out UInt128 logged))
            Compare(frame, logged, made);
        else if (_made.Count < Most)
            _made[frame] = made;
    }

    private void Compare(long frame, UInt128 logged, UInt128 made)
    {
        result.Compared++;
        if (logged == made)
            result.Equal++;
        else if (result.FirstDifferent < 0 || frame < result.FirstDifferent)
            result.FirstDifferent = frame;
    }
}
