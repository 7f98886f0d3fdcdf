using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Devices;

/// <summary>What to do where the system does not let programs hear what it plays.</summary>
internal static class MonitorAdvice
{
    /// <summary>The error for a wanted monitor that does not exist.</summary>
    /// <param name="system">SDL's name of the sound system.</param>
    public static AInimException None(string system) => new(ExitCode.Input, $"cannot hear what the computer plays: {For(system)}");

    /// <summary>One or two sentences for people.</summary>
    public static string For(string system) => system switch
    {
        "pulseaudio" => "the sound server has no output, and so no monitor of one. Plug one in, or make one: pactl load-module module-null-sink.",
        "pipewire" => "SDL shows monitors only through PipeWire's PulseAudio side. Install pipewire-pulse and set SDL_AUDIODRIVER=pulseaudio.",
        "wasapi" or "directsound" or "winmm" => "Windows offers programs no monitor here. Switch on 'Stereo Mix' in the sound control panel's recording tab, or install a virtual cable (VB-CABLE), play into it, and ask for it by name.",
        "coreaudio" => "macOS offers programs no monitor. Install BlackHole (brew install blackhole-2ch), send the output to it in Audio MIDI Setup, and ask for it by name.",
        _ => $"the sound system '{system}' has no monitors of outputs. Install PipeWire (apt-get install pipewire-pulse) or PulseAudio (apt-get install pulseaudio); or, with ALSA alone, load snd-aloop and ask for 'Loopback' by name.",
    };
}
