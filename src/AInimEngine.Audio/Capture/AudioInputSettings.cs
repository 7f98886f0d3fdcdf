using AInimEngine.Audio.Devices;

namespace AInimEngine.Audio.Capture;

/// <summary>What to listen to.</summary>
public sealed record AudioInputSettings
{
    /// <summary><see cref="AudioDevices.Default"/>, <see cref="AudioDevices.Monitor"/>, a device's name, or a part of it.</summary>
    public string Device { get; init; } = AudioDevices.Default;

    /// <summary>Which of its channels.</summary>
    public ChannelChoice Channels { get; init; } = ChannelChoice.Stereo;

    /// <summary>Samples per channel in one delivery: what is asked for, 5.3 ms; a device may give them in larger ones. 64 to 4096, a power of two.</summary>
    public int BufferFrames { get; init; } = 256;
}
