namespace AInimEngine.Audio.Devices;

/// <summary>A sound device as it was when it was listed. It is remembered by its name: numbers change when one is unplugged.</summary>
/// <param name="Name">As the system names it; unique among inputs and monitors, and among outputs.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="IsDefault">The system takes it when nobody says which; of a monitor: its output is the default, so that <c>monitor</c> means it.</param>
/// <param name="Channels">Its own channels, 0 if the system does not say.</param>
/// <param name="SampleRate">Its own rate, Hz, 0 if the system does not say. Whatever it is, 48 kHz are delivered.</param>
public sealed record AudioDevice(string Name, AudioDeviceKind Kind, bool IsDefault, int Channels, int SampleRate);
