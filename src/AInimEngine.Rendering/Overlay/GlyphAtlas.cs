using System.Runtime.InteropServices;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Rendering.Interop;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Overlay;

/// <summary>The letters of a font at some sizes, drawn once by FreeType into one texture of coverage.</summary>
internal sealed unsafe class GlyphAtlas : IDisposable
{
    /// <summary>Side of the filled square at the texture's start, which plain shapes are drawn with.</summary>
    public const int Solid = 4;

    private const int Width = 512, Gap = 1;
    private const char First = ' ', Last = '\u00FF';
    private const string More = "–—…•←↑→↓▲▼▶◀■□●○✓✗∞≈≤≥";

    private readonly Dictionary<char, Glyph>[] _glyphs;
    private readonly GlTexture _texture;
    private byte[] _pixels = new byte[Width * 256];
    private int _x = Solid + Gap, _y, _rowHeight = Solid;

    /// <param name="context">Whose thread this is.</param>
    /// <param name="path">A font file.</param>
    /// <param name="sizes">Heights of the em square in pixels.</param>
    /// <exception cref="AInimException">FreeType is missing or cannot read the file.</exception>
    public GlyphAtlas(GlContext context, string path, ReadOnlySpan<int> sizes)
    {
        for (int y = 0; y < Solid; y++)
            _pixels.AsSpan(y * Width, Solid).Fill(255);
        _glyphs = new Dictionary<char, Glyph>[sizes.Length];
        LineHeights = new int[sizes.Length];
        try
        {
            Draw(path, sizes);
        }
        catch (DllNotFoundException missing)
        {
            throw new AInimException(ExitCode.Environment, $"cannot write text: {missing.Message}. Install libfreetype6 (apt-get install libfreetype6).", missing);
        }
        Height = _y + _rowHeight + Gap;
        _texture = new GlTexture(context, Width, Height, InternalFormat.R8, target: false);
        fixed (byte* pixels = _pixels)
            _texture.Write(pixels);
        _pixels = [];
    }

    /// <summary>Height of the texture in pixels.</summary>
    public int Height { get; }

    /// <summary>From a line to the next one, by size.</summary>
    public int[] LineHeights { get; }

    /// <summary>One texel in texture coordinates.</summary>
    public (float X, float Y) Texel => (1f / Width, 1f / Height);

    /// <summary>A letter; a question mark where the font has it not.</summary>
    public Glyph Find(char letter, int size) => _glyphs[size].TryGetValue(letter, out Glyph glyph) ? glyph : _glyphs[size]['?'];

    public void Bind(int unit) => _texture.Bind(unit);

    public void Dispose() => _texture.Dispose();

    private void Draw(string path, ReadOnlySpan<int> sizes)
    {
        nint library;
        Check(FreeType.Api.Init(&library), "FT_Init_FreeType", path);
        try
        {
            FreeTypeFace* face;
            fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
                Check(FreeType.Api.NewFace(library, name, new CLong(0), &face), "FT_New_Face", path);
            for (int size = 0; size < sizes.Length; size++)
            {
                Check(FreeType.Api.SetPixelSizes(face, 0, (uint)sizes[size]), "FT_Set_Pixel_Sizes", path);
                int ascent = (int)(face->Size->Ascender.Value >> 6);
                LineHeights[size] = (int)(face->Size->Height.Value >> 6);
                var glyphs = new Dictionary<char, Glyph>();
                for (char letter = First; letter <= Last; letter++)
                    Add(face, letter, ascent, glyphs);
                foreach (char letter in More)
                    Add(face, letter, ascent, glyphs);
                _glyphs[size] = glyphs;
            }
        }
        finally
        {
            _ = FreeType.Api.Done(library); // frees the face, too
        }
    }

    private void Add(FreeTypeFace* face, char letter, int ascent, Dictionary<char, Glyph> glyphs)
    {
        if (FreeType.Api.LoadChar(face, new CULong(letter), FreeType.LoadRender) != 0)
            return;
        FreeTypeGlyph* slot = face->Glyph;
        int width = (int)slot->Bitmap.Width, height = (int)slot->Bitmap.Rows;
        if (_x + width + Gap > Width)
        {
            _y += _rowHeight + Gap;
            (_x, _rowHeight) = (0, 0);
        }
        while ((_y + height + Gap) * Width > _pixels.Length)
            Array.Resize(ref _pixels, _pixels.Length * 2);
        for (int row = 0; row < height; row++)
            new ReadOnlySpan<byte>(slot->Bitmap.Buffer + row * slot->Bitmap.Pitch, width).CopyTo(_pixels.AsSpan((_y + row) * Width + _x));
        glyphs[letter] = new Glyph(_x, _y, width, height, slot->BitmapLeft, ascent - slot->BitmapTop, (int)(slot->AdvanceX.Value >> 6));
        _x += width + Gap;
        _rowHeight = Math.Max(_rowHeight, height);
    }

    private static void Check(int error, string function, string path)
    {
        if (error != 0)
            throw new AInimException(ExitCode.Environment, $"cannot write text: {function} fails with {error} on '{path}'. Set {FontFile.PathVariable} to another .ttf file.");
    }
}
