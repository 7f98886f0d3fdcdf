using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Interop;

/// <summary>
/// SDL's sound system, started at the first use and kept until the process ends: its thread watches devices come and go.
/// Started anew only while no device is open, which is how it finds a sound server that was not there, or was restarted.
/// Any thread; calls wait for each other.
/// </summary>
internal static class SdlAudio
{
    private static readonly Lock Gate = new();
    private static bool _running;
    private static int _open;

    /// <summary>
    /// Starts it, where that can be done: SDL's systems are started one after another, so not by a thread beside one that opens a
    /// window.
    /// </summary>
    public static void TryStart()
    {
        try
        {
            _ = Use(() => 0);
        }
        catch (AInimException)
        {
            // Whoever opens a device says so.
        }
    }

    /// <summary>Does something with the sound system running and nobody else in it.</summary>
    /// <exception cref="AInimException">No SDL2, or no sound system on this machine.</exception>
    public static T Use<T>(Func<T> act)
    {
        lock (Gate)
        {
            Start();
            return act();
        }
    }

    /// <summary>Opens a device; null (with SDL's reason) when that fails. The handle closes it.</summary>
    public static DeviceHandle? Open(string? name, bool capture, SdlAudioSpec wanted, object owner, out string reason)
    {
        lock (Gate)
        {
            Start();
            DeviceHandle? handle = DeviceHandle.Open(name, capture, wanted, owner);
            reason = handle is null ? Sdl.Error : "";
            if (handle is not null)
                _open++;
            return handle;
        }
    }

    /// <summary>Looks for sound servers and devices afresh, if no device is open.</summary>
    public static void Refresh()
    {
        lock (Gate)
        {
            if (!_running || _open > 0)
                return;
            Sdl.QuitSubSystem(Sdl.Audio);
            _running = false;
        }
    }

    /// <summary>Closes a device that <see cref="Open"/> opened.</summary>
    public static void Close(uint device)
    {
        // Outside of the gate: it waits for the device's thread.
        Sdl.CloseDevice(device);
        lock (Gate)
            _open--;
    }

    private static void Start()
    {
        if (_running)
            return;
        // The runtime handles signals; SDL would take Ctrl-C away from it.
        Sdl.SetHint("SDL_NO_SIGNAL_HANDLERS", "1");
        Sdl.SetHint("SDL_AUDIO_INCLUDE_MONITORS", "1");
        Sdl.SetHint("SDL_APP_NAME", "AInimEngine");
        if (Sdl.InitSubSystem(Sdl.Audio) != 0)
            throw new AInimException(ExitCode.Environment, $"cannot use sound devices: {Sdl.Error}. Start a sound server (PipeWire, PulseAudio) or plug in a sound card.");
        _running = true;
    }
}
