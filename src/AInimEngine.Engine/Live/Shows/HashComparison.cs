using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AInimEngine.Core.State;

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

    /// <summary>Writes what was compared and what waits.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Section("show.hashes", 1);
        writer.Write((result.Compared, result.Equal, result.FirstDifferent));
        foreach (Queue<(long Frame, UInt128 Hash)> queue in (ReadOnlySpan<Queue<(long, UInt128)>>)[_logged, _made])
        {
            writer.Write(queue.Count);
            foreach ((long frame, UInt128 hash) in queue)
            {
                writer.Write(frame);
                writer.Write(hash);
            }
        }
    }

    /// <exception cref="InvalidDataException">It is no such state.</exception>
    internal void Restore(StateReader reader)
    {
        reader.Section("show.hashes", 1);
        (result.Compared, result.Equal, result.FirstDifferent) = reader.Read<(long, long, long)>();
        foreach (Queue<(long Frame, UInt128 Hash)> queue in (ReadOnlySpan<Queue<(long, UInt128)>>)[_logged, _made])
        {
            queue.Clear();
            for (int left = Math.Min(reader.Read<int>(), Most); left > 0; left--)
                queue.Enqueue((reader.Read<long>(), reader.Read<UInt128>()));
        }
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
