using System.Runtime.InteropServices;
using System.Text;

namespace AInimEngine.Audio.Interop;

/// <summary>
/// A stream of sound to PulseAudio, or to PipeWire in its place, by libpulse-simple, which comes with libpulse: unlike SDL it
/// says when the next sample will sound. One thread.
/// </summary>
internal sealed unsafe class PulseStreamHandle : SafeHandle
{
    private const int Playback = 1, Float32 = 5;

    private static readonly Lazy<Table?> Functions = new(() =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libpulse-simple.so.0", out nint library) ? new Table(library) : null);

    /// <summary>Made by <see cref="Open"/>.</summary>
    public PulseStreamHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Opens a stream to the server's default output; null where there is no library or no server.</summary>
    /// <param name="buffered">How much is kept ahead, in samples per channel.</param>
    public static PulseStreamHandle? Open(int buffered)
    {
        if (Functions.Value is not { } api)
            return null;
        var form = new SampleForm { Format = Float32, Rate = SoundFormat.SampleRate, Channels = SoundFormat.Channels };
        const uint whatever = uint.MaxValue;
        var buffer = new BufferForm { Longest = whatever, Target = (uint)(buffered * SoundFormat.Channels * sizeof(float)), Before = whatever, Request = whatever, Fragment = whatever };
        var opened = new PulseStreamHandle();
        int error;
        fixed (byte* program = Encoding.UTF8.GetBytes("AInimEngine\0"), name = Encoding.UTF8.GetBytes("clicks\0"))
            opened.SetHandle(api.New(null, program, Playback, null, name, &form, null, &buffer, &error));
        if (!opened.IsInvalid)
            return opened;
        opened.Dispose();
        return null;
    }

    /// <summary>Gives the next samples; waits until there is room for them.</summary>
    /// <returns>False when the server is gone.</returns>
    public bool TryWrite(ReadOnlySpan<float> interleaved)
    {
        int error;
        fixed (float* samples = interleaved)
            return Functions.Value!.Write(handle, samples, (nuint)(interleaved.Length * sizeof(float)), &error) >= 0;
    }

    /// <summary>How long until the next sample that is given will sound, in microseconds.</summary>
    /// <returns>False when the server does not say.</returns>
    public bool TryGetLatency(out ulong microseconds)
    {
        int error = 0;
        microseconds = Functions.Value!.GetLatency(handle, &error);
        return error == 0 && microseconds != ulong.MaxValue;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Functions.Value!.Free(handle);
        return true;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SampleForm
    {
        public int Format;
        public uint Rate;
        public byte Channels;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct BufferForm
    {
        public uint Longest;
        public uint Target;
        public uint Before;
        public uint Request;
        public uint Fragment;
    }

    private sealed class Table(nint library)
    {
        public readonly delegate* unmanaged[Cdecl]<byte*, byte*, int, byte*, byte*, SampleForm*, void*, BufferForm*, int*, nint> New =
            (delegate* unmanaged[Cdecl]<byte*, byte*, int, byte*, byte*, SampleForm*, void*, BufferForm*, int*, nint>)NativeLibrary.GetExport(library, "pa_simple_new");
        public readonly delegate* unmanaged[Cdecl]<nint, void*, nuint, int*, int> Write =
            (delegate* unmanaged[Cdecl]<nint, void*, nuint, int*, int>)NativeLibrary.GetExport(library, "pa_simple_write");
        public readonly delegate* unmanaged[Cdecl]<nint, int*, ulong> GetLatency =
            (delegate* unmanaged[Cdecl]<nint, int*, ulong>)NativeLibrary.GetExport(library, "pa_simple_get_latency");
        public readonly delegate* unmanaged[Cdecl]<nint, void> Free =
            (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "pa_simple_free");
    }
}
