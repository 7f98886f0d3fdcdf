namespace AInimEngine.Rendering.Interop;

/// <summary>FT_Bitmap.</summary>
internal unsafe struct FreeTypeBitmap
{
    public uint Rows, Width;
    public int Pitch;
    public byte* Buffer;
    public ushort Grays;
    public byte PixelMode, PaletteMode;
    public void* Palette;
}
