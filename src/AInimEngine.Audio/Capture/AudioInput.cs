using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AInimEngine.Audio.Devices;
using AInimEngine.Audio.Interop;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Capture;

/// <summary>
/// One open input, until it is taken away: stereo at 48 kHz, whatever the device has. <see cref="LiveInput"/> opens another
/// when that happens. SDL's thread copies what comes into a ring; the reader sleeps until it does. One thread waits and reads.
/// </summary>
public sealed class AudioInput : ISoundSource, ICaptureDevice
{
    private readonly SoundRing _ring = new(SoundRing.DefaultFrames);
    private readonly ChannelChoice _choice;
    private readonly float[] _stereo;
    private readonly AutoResetEvent _arrived;
    private readonly bool _ownsSignal;
    private readonly int _deviceChannels;
    private readonly DeviceHandle _device;
    private readonly RingReader _reader;

    private unsafe AudioInput(AudioInputSettings settings, AudioDevice? device, AutoResetEvent? arrived)
    {
        _choice = settings.Channels;
        _arrived = arrived ?? new AutoResetEvent(false);
        _ownsSignal = arrived is null;
        _stereo = new float[8192 * SoundFormat.Channels];
        _reader = new RingReader(_ring);
        _deviceChannels = Channels(settings, device);
        DeviceName = device?.Name ?? "the default input";
        BufferFrames = settings.BufferFrames;
        var wanted = new SdlAudioSpec
        {
            Frequency = SoundFormat.SampleRate,
            Format = SdlAudioSpec.Float32,
            Channels = (byte)_deviceChannels,
            Samples = (ushort)settings.BufferFrames,
            Callback = &Arrive,
        };
        _device = SdlAudio.Open(device?.Name, capture: true, wanted, this, out string reason)
            ?? throw new AInimException(ExitCode.Input, $"cannot listen to '{DeviceName}': {reason.TrimEnd('.')}. Is another program holding it? 'ainim devices' shows what there is.");
        _device.Run();
    }

    /// <summary>The name of the device that was opened.</summary>
    public string DeviceName { get; }

    /// <summary>Samples per channel that were asked for in one delivery; the newest sample is on average half of this old before it can be read, and what the device's driver adds.</summary>
    public int BufferFrames { get; }

    /// <summary>The device was taken away. What comes since then is silence, or nothing.</summary>
    public bool IsGone => _device.IsGone;

    /// <summary>Samples per channel that came so far.</summary>
    public long Arrived => _ring.Written;

    /// <summary>Monotonic time at which the newest sample came; 0 before the first.</summary>
    public long NewestTime => _ring.Newest.Time;

    /// <inheritdoc/>
    public SoundStatus Status => new(IsGone ? SoundState.Lost : SoundState.Listening, DeviceName);

    /// <inheritdoc/>
    public long Position => _reader.HandedOut;

    /// <inheritdoc/>
    public long Lost => _reader.Lost;

    /// <inheritdoc/>
    public long Time => _ring.TimeOf(_reader.Next);

    /// <inheritdoc/>
    public bool Ended => false;

    /// <summary>Samples per channel that can be read now.</summary>
    public int Available => (int)Math.Min(_ring.Written - _reader.Next, _ring.Frames);

    /// <summary>Opens an input and starts to listen.</summary>
    /// <exception cref="AInimException">There is no such device, it has too few channels, or it cannot be opened.</exception>
    public static AudioInput Open(AudioInputSettings settings) => Open(settings, arrived: null);

    /// <summary>The same with the caller's signal, set whenever sound comes.</summary>
    internal static AudioInput Open(AudioInputSettings settings, AutoResetEvent? arrived) =>
        new(settings, AudioDevices.FindInput(settings.Device), arrived);

    /// <inheritdoc/>
    public bool Wait(TimeSpan timeout)
    {
        long end = Stopwatch.GetTimestamp() + (long)(timeout.TotalSeconds * Stopwatch.Frequency);
        while (Available == 0)
        {
            // The signal may be that of sound which was read already: then it is waited for the rest.
            double left = (double)(end - Stopwatch.GetTimestamp()) / Stopwatch.Frequency;
            if (left <= 0 || !_arrived.WaitOne(TimeSpan.FromSeconds(left)))
                return Available > 0;
        }
        return true;
    }

    /// <inheritdoc/>
    public int Read(Span<float> interleaved) => _reader.Read(interleaved, _ring.Written);

    /// <summary>Forgets what has come but for its end: after a pause, old sound is of no use.</summary>
    /// <param name="keep">Samples per channel that are kept.</param>
    public void SkipToNewest(int keep) => _reader.SkipTo(Math.Max(_reader.Next, _ring.Written - keep));

    /// <summary>Closes the device. What has come can still be read.</summary>
    public void Dispose()
    {
        _device.Dispose();
        if (_ownsSignal)
            _arrived.Dispose();
    }

    /// <summary>What SDL's thread does with what came. Allocates nothing.</summary>
    internal void Accept(ReadOnlySpan<float> samples, long now)
    {
        while (!samples.IsEmpty)
        {
            int frames = Math.Min(samples.Length / _deviceChannels, _stereo.Length / SoundFormat.Channels);
            if (frames == 0)
                break;
            Span<float> stereo = _stereo.AsSpan(0, frames * SoundFormat.Channels);
            _choice.Pick(samples[..(frames * _deviceChannels)], _deviceChannels, stereo);
            _ring.Write(stereo, now);
            samples = samples[(frames * _deviceChannels)..];
        }
        _arrived.Set();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Arrive(nint owner, byte* bytes, int count)
    {
        if (GCHandle.FromIntPtr(owner).Target is AudioInput input)
            input.Accept(new ReadOnlySpan<float>(bytes, count / sizeof(float)), Stopwatch.GetTimestamp());
    }

    /// <summary>How many channels to open: the device's own, where some beyond the first two are wanted.</summary>
    private static int Channels(AudioInputSettings settings, AudioDevice? device)
    {
        int needed = settings.Channels.Needs, own = device?.Channels ?? 0;
        if (own > 0 && needed > own)
            throw new AInimException(ExitCode.Usage, $"'{device!.Name}' has no channel {needed}: it has {own}. Choose among 1 to {own}.");
        int count = own > 0 ? Math.Min(own, ChannelChoice.Highest) : Math.Max(2, needed);
        return count switch { 1 or 2 or 4 or 6 or 8 => count, _ => count + 1 }; // what SDL can open; it leaves the added one silent
    }
}
