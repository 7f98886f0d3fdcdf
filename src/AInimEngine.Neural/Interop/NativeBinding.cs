using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>What an input or output of a program is bound to: <c>ainim_binding</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeBinding
{
    internal nint Tensor;
    internal nint Data;
    internal long Bytes;
    internal int Type;
    internal int Reserved;
}
