using System.Diagnostics;

namespace AInimEngine.Audio.Playback;

/// <summary>
/// Which sample of a track sounds now. While a device plays, it follows from when the device asked for which samples: a
/// request is heard after the buffers before it. Requests come in bursts and late, never early for long; so the pace is the
/// sound's own, corrected by a fiftieth of what each request says. Without a device the pace is the clock's. The device's
/// thread writes, one other thread reads and frees.
/// </summary>
/// <param name="bufferedFrames">Samples per channel that lie between a request and the loudspeaker.</param>
/// <param name="extraFrames">What comes after the device.</param>
internal sealed class PlaybackClock(int bufferedFrames, long extraFrames)
{
    private const double Correction = 0.02, JumpSeconds = 0.1;

    private static readonly long Late = Stopwatch.Frequency / 2;

    /// <summary>
    /// A server that slept may begin late: PulseAudio's idle outputs run two seconds ahead. It may also take the first samples at
    /// once, and the next ones when that time is over.
    /// </summary>
    private static readonly long Patience = 4 * Stopwatch.Frequency;

    // Monotonic time at which sample 0 would have been asked for at an even pace. Read and written as a whole: 64 bits.
    private long _origin, _end, _lastRequest, _patientUntil;
    private bool _isFree, _isRunning;
    private long _freeOrigin, _handed;

    /// <summary>The clock alone sets the pace.</summary>
    public bool IsFree => Volatile.Read(ref _isFree);

    /// <summary>A device is about to play.</summary>
    public void Start(long now)
    {
        Volatile.Write(ref _patientUntil, now + Patience);
        Volatile.Write(ref _lastRequest, now);
    }

    /// <summary>The device asks for no samples any more.</summary>
    public bool IsDeviceLate(long now) => !IsFree && now > Volatile.Read(ref _patientUntil) && now - Volatile.Read(ref _lastRequest) > Late;

    /// <summary>The device was given samples.</summary>
    /// <param name="start">The first, per channel.</param>
    /// <param name="count">How many; fewer than asked when the track is late.</param>
    /// <param name="now">Monotonic time of the request.</param>
    public void Requested(long start, int count, long now)
    {
        Volatile.Write(ref _lastRequest, now);
        if (count == 0)
            return; // the track is late or over; then the samples before it still sound at their pace
        long measured = now - SoundFormat.Ticks(start), error = measured - _origin;
        bool jumps = !_isRunning || Math.Abs(error) > (long)(JumpSeconds * Stopwatch.Frequency);
        Volatile.Write(ref _origin, jumps ? measured : _origin + (long)(error * Correction));
        Volatile.Write(ref _end, start + count);
        Volatile.Write(ref _isRunning, true);
    }

    /// <summary>From now on the clock sets the pace, from the sample that sounds now.</summary>
    public void Free(long now)
    {
        if (IsFree)
            return;
        _freeOrigin = now - SoundFormat.Ticks(_handed);
        Volatile.Write(ref _isFree, true);
    }

    /// <summary>The first sample, per channel, that has not sounded yet; never goes back.</summary>
    public long Sounded(long now)
    {
        long frame = IsFree ? SoundFormat.Frames(now - _freeOrigin)
            : Volatile.Read(ref _isRunning) ? Math.Min(SoundFormat.Frames(now - Volatile.Read(ref _origin)) - bufferedFrames - extraFrames, Volatile.Read(ref _end))
            : 0;
        return _handed = Math.Max(_handed, frame);
    }

    /// <summary>Monotonic time at which a sample sounds.</summary>
    public long TimeOf(long frame) => IsFree
        ? _freeOrigin + SoundFormat.Ticks(frame)
        : Volatile.Read(ref _origin) + SoundFormat.Ticks(frame + bufferedFrames + extraFrames);
}
