using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>What a tensor is: <c>ainim_tensor_info</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeTensorInfo
{
    internal nint Data;
    internal long ElementCount;
    internal long ElementSize;
    internal int Rank;
    internal ScalarType Type;
    internal int DeviceType;
    internal int DeviceIndex;
    internal int RequiresGrad;
    internal int IsContiguous;
    internal int IsChannelsLast;
    internal int IsLeaf;
}
