using System.Runtime.InteropServices;

namespace AInimEngine.Audio.Interop;

/// <summary>SDL_AudioSpec, as C lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SdlAudioSpec
{
    /// <summary>AUDIO_F32SYS on little-endian machines, the only ones that .NET runs SDL on.</summary>
    public const ushort Float32 = 0x8120;

    public int Frequency;
    public ushort Format;
    public byte Channels;
    public byte Silence;
    public ushort Samples;
    public ushort Padding;
    public uint Size;
    public delegate* unmanaged[Cdecl]<nint, byte*, int, void> Callback;
    public nint UserData;
}
