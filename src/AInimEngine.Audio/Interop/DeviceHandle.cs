using System.Runtime.InteropServices;

namespace AInimEngine.Audio.Interop;

/// <summary>An open sound device, and the managed object that its callback reaches, which lives as long.</summary>
internal sealed class DeviceHandle : SafeHandle
{
    private GCHandle _owner;

    /// <summary>Made by <see cref="Open"/>.</summary>
    public DeviceHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The device was taken away; what its callback brings since then is silence.</summary>
    public bool IsGone => !IsClosed && Sdl.Status((uint)handle) == Sdl.Stopped;

    /// <summary>Opens a device, paused; null when that fails. Only <see cref="SdlAudio"/> calls this.</summary>
    /// <param name="name">As SDL lists it, or null for what the system takes as default.</param>
    /// <param name="capture">In, not out.</param>
    /// <param name="wanted">Form and callback; its user data is set here.</param>
    /// <param name="owner">What the callback finds behind its user data.</param>
    public static DeviceHandle? Open(string? name, bool capture, SdlAudioSpec wanted, object owner)
    {
        var opened = new DeviceHandle { _owner = GCHandle.Alloc(owner) };
        wanted.UserData = GCHandle.ToIntPtr(opened._owner);
        opened.SetHandle((nint)Sdl.OpenDevice(name, capture, wanted));
        if (!opened.IsInvalid)
            return opened;
        opened._owner.Free();
        opened.Dispose();
        return null;
    }

    /// <summary>Lets the callback run.</summary>
    public void Run() => Sdl.Pause((uint)handle, pause: false);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        SdlAudio.Close((uint)handle);
        _owner.Free();
        return true;
    }
}
