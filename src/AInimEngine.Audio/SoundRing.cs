namespace AInimEngine.Audio;

/// <summary>
/// The newest seconds of a stereo sound at 48 kHz, written by one thread and read by others without a lock. The writer
/// never waits: it overwrites the oldest, and who was too slow is told so. Beside the sound stands when its newest sample
/// came. Allocates nothing after it was made.
/// </summary>
/// <param name="frames">How many samples per channel it holds, a power of two.</param>
internal sealed class SoundRing(int frames)
{
    /// <summary>2.7 s.</summary>
    public const int DefaultFrames = 1 << 17;

    private readonly float[] _samples = new float[frames * SoundFormat.Channels];
    private long _reserved, _written;
    private long _version, _anchorFrame, _anchorTime;

    /// <summary>How many samples per channel it holds.</summary>
    public int Frames => frames;

    /// <summary>Samples per channel that were written since the start.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Appends sound. One thread.</summary>
    /// <param name="interleaved">Left, right, ...; no more than the ring holds.</param>
    /// <param name="time">Monotonic time at which the last of them came.</param>
    public void Write(ReadOnlySpan<float> interleaved, long time)
    {
        long start = _written;
        int count = interleaved.Length / SoundFormat.Channels;
        Volatile.Write(ref _reserved, start + count);
        Interlocked.MemoryBarrier(); // readers see the reservation before the first sample that is overwritten
        int at = (int)(start & (frames - 1)) * SoundFormat.Channels;
        int first = Math.Min(interleaved.Length, _samples.Length - at);
        interleaved[..first].CopyTo(_samples.AsSpan(at));
        interleaved[first..].CopyTo(_samples);
        Anchor(start + count, time);
        Volatile.Write(ref _written, start + count);
    }

    /// <summary>Copies a run of samples that was written already.</summary>
    /// <param name="start">First sample per channel, since the start.</param>
    /// <param name="interleaved">Takes them.</param>
    /// <returns>False if the writer had overwritten some, or did so meanwhile; then what was copied is worthless.</returns>
    public bool TryCopy(long start, Span<float> interleaved)
    {
        if (Volatile.Read(ref _reserved) - start > frames)
            return false;
        int at = (int)(start & (frames - 1)) * SoundFormat.Channels;
        int first = Math.Min(interleaved.Length, _samples.Length - at);
        _samples.AsSpan(at, first).CopyTo(interleaved);
        _samples.AsSpan(0, interleaved.Length - first).CopyTo(interleaved[first..]);
        Interlocked.MemoryBarrier(); // the samples are read before the reservation is looked at again
        return Volatile.Read(ref _reserved) - start <= frames;
    }

    /// <summary>Monotonic time at which a sample came, by the newest sample's: they come at 48 kHz.</summary>
    /// <param name="frame">Samples per channel since the start.</param>
    public long TimeOf(long frame)
    {
        (long at, long time) = Newest;
        return time + SoundFormat.Ticks(frame - at);
    }

    /// <summary>The newest sample and when it came.</summary>
    public (long Frame, long Time) Newest
    {
        get
        {
            for (; ; )
            {
                long version = Volatile.Read(ref _version);
                (long frame, long time) = (Volatile.Read(ref _anchorFrame), Volatile.Read(ref _anchorTime));
                Interlocked.MemoryBarrier();
                if ((version & 1) == 0 && Volatile.Read(ref _version) == version)
                    return (frame, time);
            }
        }
    }

    private void Anchor(long frame, long time)
    {
        Volatile.Write(ref _version, _version + 1); // odd: being written
        Interlocked.MemoryBarrier();
        Volatile.Write(ref _anchorFrame, frame);
        Volatile.Write(ref _anchorTime, time);
        Volatile.Write(ref _version, _version + 1);
    }
}
