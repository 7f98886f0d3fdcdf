using AInimEngine.Audio.Devices;

namespace AInimEngine.Audio.Playback;

/// <summary>How a track is played.</summary>
public sealed record FilePlaybackSettings
{
    /// <summary>A device's name or a part of it, <see cref="AudioDevices.Default"/>, or null to play by the clock without a device.</summary>
    public string? Device { get; init; } = AudioDevices.Default;

    /// <summary>Samples per channel in one request of the device, 64 to 4096, a power of two: 10.7 ms.</summary>
    public int BufferFrames { get; init; } = 512;

    /// <summary>What the way from the device's buffer to the ear adds, which no system tells: 0 for a wire, about 0.15 s for Bluetooth. The picture waits for it.</summary>
    public TimeSpan ExtraLatency { get; init; } = TimeSpan.Zero;
}
