using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>FT_SizeRec up to the members that are read. Lengths are in 64ths of a pixel.</summary>
internal unsafe struct FreeTypeSize
{
    public FreeTypeFace* Face;
    public void* GenericData, GenericFinalizer;
    public ushort XPpem, YPpem;
    public CLong XScale, YScale, Ascender, Descender, Height, MaxAdvance;
}
