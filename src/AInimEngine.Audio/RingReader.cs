namespace AInimEngine.Audio;

/// <summary>A place in a ring, and what its owner missed. One thread reads.</summary>
/// <param name="ring">Is read.</param>
internal sealed class RingReader(SoundRing ring)
{
    private long _next, _lost, _handedOut;

    /// <summary>The next sample per channel to be handed out, counted since the ring's start.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>Samples per channel that were overwritten before they were read.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>Samples per channel that were handed out.</summary>
    public long HandedOut => Volatile.Read(ref _handedOut);

    /// <summary>Goes to a sample without counting those between as lost.</summary>
    public void SkipTo(long frame) => Volatile.Write(ref _next, frame);

    /// <summary>Takes samples as far as they may be seen. When some were overwritten it goes on half a ring behind the writer.</summary>
    /// <param name="interleaved">Takes them.</param>
    /// <param name="end">The first sample that may not be handed out yet.</param>
    /// <returns>Samples per channel.</returns>
    public int Read(Span<float> interleaved, long end)
    {
        for (; ; )
        {
            int count = (int)Math.Clamp(end - _next, 0, interleaved.Length / SoundFormat.Channels);
            if (count == 0)
                return 0;
            if (ring.TryCopy(_next, interleaved[..(count * SoundFormat.Channels)]))
            {
                Volatile.Write(ref _next, _next + count);
                Volatile.Write(ref _handedOut, _handedOut + count);
                return count;
            }
            long resume = Math.Max(_next + 1, ring.Written - ring.Frames / 2);
            Volatile.Write(ref _lost, _lost + resume - _next);
            Volatile.Write(ref _next, resume);
        }
    }
}
