using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>FT_GlyphSlotRec up to the members that are read. Lengths are in 64ths of a pixel.</summary>
internal unsafe struct FreeTypeGlyph
{
    public void* Library;
    public FreeTypeFace* Face;
    public FreeTypeGlyph* Next;
    public uint Index;
    public void* GenericData, GenericFinalizer;
    public CLong Width, Height, HoriBearingX, HoriBearingY, HoriAdvance, VertBearingX, VertBearingY, VertAdvance;
    public CLong LinearHoriAdvance, LinearVertAdvance;
    public CLong AdvanceX, AdvanceY;
    public int Format;
    public FreeTypeBitmap Bitmap;
    public int BitmapLeft, BitmapTop;
}
