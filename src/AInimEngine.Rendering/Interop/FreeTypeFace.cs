using System.Runtime.InteropServices;

namespace AInimEngine.Rendering.Interop;

/// <summary>FT_FaceRec up to the members that are read; the part that FreeType promises to keep.</summary>
internal unsafe struct FreeTypeFace
{
    public CLong NumFaces, FaceIndex, FaceFlags, StyleFlags, NumGlyphs;
    public byte* FamilyName, StyleName;
    public int NumFixedSizes;
    public void* AvailableSizes;
    public int NumCharmaps;
    public void* Charmaps;
    public void* GenericData, GenericFinalizer;
    public CLong BoxXMin, BoxYMin, BoxXMax, BoxYMax;
    public ushort UnitsPerEm;
    public short Ascender, Descender, Height, MaxAdvanceWidth, MaxAdvanceHeight, UnderlinePosition, UnderlineThickness;
    public FreeTypeGlyph* Glyph;
    public FreeTypeSize* Size;
}
