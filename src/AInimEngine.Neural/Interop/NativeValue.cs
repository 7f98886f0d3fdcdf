using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>One argument or result of an op: <c>ainim_value</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)]
    internal NativeTag Tag;

    [FieldOffset(4)]
    internal int Count;

    [FieldOffset(8)]
    internal long Integer;

    [FieldOffset(8)]
    internal double Number;

    [FieldOffset(8)]
    internal nint Pointer;
}
