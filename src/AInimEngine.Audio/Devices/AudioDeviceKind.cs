namespace AInimEngine.Audio.Devices;

/// <summary>What a sound device is for.</summary>
public enum AudioDeviceKind
{
    /// <summary>A microphone, a line or an interface's inputs.</summary>
    Input,

    /// <summary>What an output plays, to be listened to (PulseAudio, PipeWire).</summary>
    Monitor,

    /// <summary>Loudspeakers, headphones.</summary>
    Output,
}
