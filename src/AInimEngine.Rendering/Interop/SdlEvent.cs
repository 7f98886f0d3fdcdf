using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>SDL_Event, the members that are read. The union is 56 bytes long; room to spare costs nothing.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct SdlEvent
{
    public const uint Quit = 0x100, Display = 0x150, Window = 0x200, KeyDown = 0x300, KeyUp = 0x301, MouseMotion = 0x400;

    public const byte DisplayConnected = 2, DisplayDisconnected = 3;
    public const byte WindowExposed = 3, WindowSizeChanged = 6, WindowMinimized = 7, WindowRestored = 9;
    public const byte WindowFocusGained = 12, WindowFocusLost = 13, WindowClose = 14, WindowDisplayChanged = 18;

    [FieldOffset(0)]
    public uint Type;

    /// <summary>Window of window, key and mouse events; number of the display of display events.</summary>
    [FieldOffset(8)]
    public uint WindowId;

    /// <summary>Which window or display event.</summary>
    [FieldOffset(12)]
    public byte Detail;

    [FieldOffset(13)]
    public byte Repeat;

    [FieldOffset(16)]
    public int Data1;

    [FieldOffset(20)]
    public int Symbol;

    [FieldOffset(24)]
    public ushort Modifiers;
}
