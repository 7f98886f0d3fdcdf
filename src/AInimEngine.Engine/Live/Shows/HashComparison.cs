using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Compares the pictures of a replay with the hashes in the log, whichever comes first. Both come with ascending numbers, and
/// either may have pictures that the other has not. One thread.
/// </summary>
internal sealed class HashComparison(ShowRenderResult result)
{
    // One side is a few seconds ahead of the other at most; of a log that never gives the other half, the newest are kept.
    private const int Most = 4096;

    private readonly Queue<(long Frame, UInt128 Hash)> _logged = [], _made = [];

    /// <summary>Takes a hash of the log.</summary>
    internal void Take(ReadOnlySpan<byte> record)
    {
        var from = new LogUnpacker(record);
        Add(_logged, from.Next<long>(), from.Next<UInt128>());
    }

    /// <summary>Takes a picture that was made.</summary>
    internal void Take(long frame, ReadOnlySpan<byte> pixels)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(pixels, bytes);
        Add(_made, frame, MemoryMarshal.Read<UInt128>(bytes));
    }

    private void Add(Queue<(long Frame, UInt128 Hash)> to, long frame, UInt128 hash)
    {
        if (to.Count == Most)
            to.Dequeue();
        to.Enqueue((frame, hash));
        while (_logged.TryPeek(out (long Frame, UInt128 Hash) logged) && _made.TryPeek(out (long Frame, UInt128 Hash) made))
        {
            if (logged.Frame == made.Frame)
                Compare(logged.Frame, logged.Hash, made.Hash);
            if (logged.Frame <= made.Frame)
                _logged.Dequeue();
            if (made.Frame <= logged.Frame)
                _made.Dequeue();
        }
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
