using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using AInimEngine.Audio.Devices;
using AInimEngine.Audio.Interop;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Playback;

/// <summary>
/// Plays a track and hands out just the samples that sound now, so that it is seen as it is heard. Without an output device,
/// or when it is taken away, the track goes on silently by the clock. One thread of its own reads the track ahead, SDL's
/// thread takes it to the device; one thread of the caller's waits and reads.
/// </summary>
public sealed class FilePlayback : ISoundSource
{
    private const int AheadFrames = SoundFormat.SampleRate / 2, ChunkFrames = 1024;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(256.0 / SoundFormat.SampleRate);

    private readonly SoundRing _ring = new(SoundRing.DefaultFrames);
    private readonly RingReader _reader;
    private readonly PlaybackClock _clock;
    private readonly Func<long> _timestamp;
    private readonly AutoResetEvent _taken = new(false);
    private readonly ManualResetEvent _stop = new(false), _ready = new(false);
    private readonly Thread _feeder;
    private DeviceHandle? _device;
    private ExceptionDispatchInfo? _failure;
    private SoundStatus _status;
    private long _played, _underruns, _length = long.MaxValue;

    private FilePlayback(SoundReader track, FilePlaybackSettings settings, Func<long> timestamp)
    {
        _reader = new RingReader(_ring);
        _timestamp = timestamp;
        _clock = new PlaybackClock(settings.BufferFrames, SoundFormat.Frames((long)(settings.ExtraLatency.TotalSeconds * Stopwatch.Frequency)));
        _status = new SoundStatus(SoundState.Opening, settings.Device ?? "no device");
        _feeder = new Thread(() => Feed(track)) { Name = "sound feeder", IsBackground = true };
        _feeder.Start();
        _ready.WaitOne(); // the first half second is there, so that the device never starts empty
        string? problem = Open(settings);
        if (_device is null)
            PlaySilently(problem);
    }

    /// <inheritdoc/>
    public SoundStatus Status => Ended ? Volatile.Read(ref _status) with { State = SoundState.Ended } : Volatile.Read(ref _status);

    /// <inheritdoc/>
    public long Position => _reader.HandedOut;

    /// <inheritdoc/>
    public long Lost => _reader.Lost;

    /// <inheritdoc/>
    public long Time => _clock.TimeOf(_reader.Next);

    /// <inheritdoc/>
    public bool Ended => _reader.Next >= Volatile.Read(ref _length);

    /// <summary>Samples per channel that the device asked for before the track gave them; it heard silence instead, and the track waited.</summary>
    public long Underruns => Volatile.Read(ref _underruns);

    /// <summary>Starts to play.</summary>
    /// <param name="track">Gives the samples; is called by a thread of the playback's own until it ends or <see cref="Dispose"/> returns.</param>
    /// <param name="settings">Where to.</param>
    /// <param name="timestamp">Monotonic time in ticks of <see cref="Stopwatch.Frequency"/>; <see cref="Stopwatch.GetTimestamp"/> if null.</param>
    public static FilePlayback Start(SoundReader track, FilePlaybackSettings settings, Func<long>? timestamp = null) =>
        new(track, settings, timestamp ?? Stopwatch.GetTimestamp);

    /// <inheritdoc/>
    /// <exception cref="AInimException">The track could not be read; thrown when the sound before that is over.</exception>
    public bool Wait(TimeSpan timeout)
    {
        long end = _timestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        for (; ; )
        {
            if (Sounded() > _reader.Next)
                return true;
            double left = (double)(end - _timestamp()) / Stopwatch.Frequency;
            if (left <= 0 || Ended)
            {
                if (Ended)
                    _failure?.Throw();
                return false;
            }
            if (_stop.WaitOne(TimeSpan.FromSeconds(Math.Min(left, Pace.TotalSeconds))))
                return false;
        }
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved) => _reader.Read(interleaved, Sounded());

    /// <summary>Stops the sound and ends the thread, after the track's present call returned.</summary>
    public void Dispose()
    {
        _stop.Set();
        _feeder.Join();
        _device?.Dispose();
        _stop.Dispose();
        _taken.Dispose();
        _ready.Dispose();
    }

    /// <summary>The first sample, per channel, that has not sounded yet.</summary>
    private long Sounded()
    {
        long now = _timestamp();
        if (!_clock.IsFree && _device is { IsGone: true })
            PlaySilently("the output was taken away");
        else if (_clock.IsDeviceLate(now))
            PlaySilently("the output takes no sound any more");
        long sounded = Math.Min(_clock.Sounded(now), Math.Min(_ring.Written, Volatile.Read(ref _length)));
        if (_clock.IsFree && sounded > Volatile.Read(ref _played))
        {
            Volatile.Write(ref _played, sounded);
            _taken.Set();
        }
        return sounded;
    }

    private string? Open(FilePlaybackSettings settings)
    {
        if (settings.Device is null)
            return null;
        try
        {
            AudioDevice? output = AudioDevices.FindOutput(settings.Device);
            string name = output?.Name ?? "the default output";
            // Without a name the system moves the sound along when another output becomes the default.
            _device = SdlAudio.Open(settings.Device == AudioDevices.Default ? null : output!.Name, capture: false, Wanted(settings.BufferFrames), this, out string reason);
            if (_device is null)
                return $"cannot play on '{name}': {reason}";
            Volatile.Write(ref _status, new SoundStatus(SoundState.Playing, name));
            _clock.Start(_timestamp());
            _device.Run();
            return null;
        }
        catch (AInimException error)
        {
            return error.Message;
        }
    }

    private static unsafe SdlAudioSpec Wanted(int frames) => new()
    {
        Frequency = SoundFormat.SampleRate,
        Format = SdlAudioSpec.Float32,
        Channels = SoundFormat.Channels,
        Samples = (ushort)frames,
        Callback = &Request,
    };

    private void PlaySilently(string? problem)
    {
        _clock.Free(_timestamp());
        Volatile.Write(ref _status, new SoundStatus(SoundState.PlayingSilently, _status.Device, problem));
    }

    private void Feed(SoundReader track)
    {
        float[] chunk = new float[ChunkFrames * SoundFormat.Channels];
        WaitHandle[] either = [_stop, _taken];
        try
        {
            while (!_stop.WaitOne(0))
            {
                if (_ring.Written - Volatile.Read(ref _played) >= AheadFrames)
                {
                    _ready.Set();
                    WaitHandle.WaitAny(either);
                    continue;
                }
                int count = track(chunk);
                if (count == 0)
                    break;
                _ring.Write(chunk.AsSpan(0, count * SoundFormat.Channels), 0);
            }
        }
#pragma warning disable CA1031 // Whatever it is belongs to the thread that reads.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        Volatile.Write(ref _length, _ring.Written);
        _ready.Set();
    }

    /// <summary>Fills what SDL's thread asks for. Allocates nothing.</summary>
    internal void Fill(Span<float> samples, long now)
    {
        long start = _played;
        int count = (int)Math.Min(_ring.Written - start, samples.Length / SoundFormat.Channels);
        if (_clock.IsFree || !_ring.TryCopy(start, samples[..(count * SoundFormat.Channels)]))
            count = 0;
        samples[(count * SoundFormat.Channels)..].Clear();
        if (_clock.IsFree)
            return;
        int missing = (samples.Length / SoundFormat.Channels) - count;
        if (missing > 0 && Volatile.Read(ref _length) == long.MaxValue)
            Volatile.Write(ref _underruns, _underruns + missing);
        _clock.Requested(start, count, now);
        Volatile.Write(ref _played, start + count);
        _taken.Set();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Request(nint owner, byte* bytes, int count)
    {
        if (GCHandle.FromIntPtr(owner).Target is FilePlayback playback)
            playback.Fill(new Span<float>(bytes, count / sizeof(float)), Stopwatch.GetTimestamp());
    }
}
