using System.Runtime.CompilerServices;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Rendering.Overlay;

/// <summary>
/// Draws text, bars and lines over a picture or a window, in pixels from the top left, one draw for all: <see cref="Begin(GlWindow)"/>,
/// shapes in the order from back to front, <see cref="End"/>. The context's thread; allocates nothing after it was made.
/// </summary>
public sealed unsafe class OverlayCanvas : IDisposable
{
    private const int MaxVertices = 6 * 4096, TextLength = 512;

    private const string Vertex = Glsl.Version + """
        layout(location = 0) in vec4 a_place;
        layout(location = 1) in vec4 a_color;
        uniform vec2 u_scale;
        uniform vec2 u_offset;
        out vec2 v_uv;
        out vec4 v_color;
        void main() {
            gl_Position = vec4(a_place.xy * u_scale + u_offset, 0.0, 1.0);
            v_uv = a_place.zw;
            v_color = a_color;
        }

        """;

    private const string Fragment = Glsl.Version + """
        uniform sampler2D u_atlas;
        in vec2 v_uv;
        in vec4 v_color;
        out vec4 o_color;
        void main() { o_color = vec4(v_color.rgb, v_color.a * texture(u_atlas, v_uv).r); }

        """;

    private readonly GlContext _context;
    private readonly GlyphAtlas _atlas;
    private readonly GlProgram _program;
    private readonly OverlayVertex[] _vertices = new OverlayVertex[MaxVertices];
    private readonly char[] _text = new char[TextLength];
    private readonly int _scale, _offset;
    private readonly float _texelX, _texelY;
    private uint _array, _buffer;
    private int _count;

    /// <summary>Draws the font's letters and compiles the program: tens of milliseconds.</summary>
    /// <param name="context">Outlives the canvas.</param>
    /// <param name="sizes">Text sizes in pixels, at most 8, each 6 to 200; shapes name them by index. 16 and 32 if empty.</param>
    /// <exception cref="Core.Errors.AInimException">FreeType or the font is missing; the message says what to install.</exception>
    public OverlayCanvas(GlContext context, params ReadOnlySpan<int> sizes)
    {
        if (sizes.IsEmpty)
            sizes = [16, 32];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizes.Length, 8);
        foreach (int size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 6);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 200);
        }
        _context = context;
        _atlas = new GlyphAtlas(context, FontFile.Find(), sizes);
        (_texelX, _texelY) = _atlas.Texel;
        _program = new GlProgram(context, "overlay", Vertex, Fragment, []);
        (_scale, _offset) = (_program.Uniform("u_scale"), _program.Uniform("u_offset"));

        GL gl = context.Gl;
        _array = gl.GenVertexArray();
        _buffer = gl.GenBuffer();
        context.Count(2);
        gl.BindVertexArray(_array);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, _buffer);
        gl.EnableVertexAttribArray(0);
        gl.VertexAttribPointer(0, 4, VertexAttribPointerType.Float, false, (uint)sizeof(OverlayVertex), 0);
        gl.EnableVertexAttribArray(1);
        gl.VertexAttribPointer(1, 4, VertexAttribPointerType.UnsignedByte, true, (uint)sizeof(OverlayVertex), 4 * sizeof(float));
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, 0);
        context.BindVertexArray();
    }

    /// <summary>Width of what is drawn into.</summary>
    public int Width { get; private set; }

    /// <summary>Height of what is drawn into.</summary>
    public int Height { get; private set; }

    /// <summary>Letters that reach over it are left out; <see cref="Begin(GlWindow)"/> sets it to the right edge of what is drawn into.</summary>
    public float RightEdge { get; set; }

    internal Span<char> TextBuffer => _text;

    /// <summary>From a line of text to the next one.</summary>
    public int LineHeight(int size = 0) => _atlas.LineHeights[size];

    /// <summary>Width of a text in pixels.</summary>
    public int TextWidth(ReadOnlySpan<char> text, int size = 0)
    {
        int width = 0;
        foreach (char letter in text)
            width += _atlas.Find(letter, size).Advance;
        return width;
    }

    /// <summary>How many letters of a text fit into a width, broken at a space where there is one.</summary>
    /// <param name="text">One line.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="size">Index of the size.</param>
    public int Fit(ReadOnlySpan<char> text, float width, int size = 0)
    {
        float pen = 0;
        int space = 0;
        for (int i = 0; i < text.Length; i++)
        {
            pen += _atlas.Find(text[i], size).Advance;
            if (pen > width)
                return space > 0 ? space : Math.Max(1, i);
            if (text[i] == ' ')
                space = i;
        }
        return text.Length;
    }

    /// <summary>Draws into a window from here on.</summary>
    public void Begin(GlWindow window)
    {
        window.Target();
        Begin(window.Width, window.Height, upsideDown: true);
    }

    /// <summary>Draws into a picture from here on, for good.</summary>
    public void Begin(GlTexture picture)
    {
        picture.Target();
        Begin(picture.Width, picture.Height, upsideDown: false);
    }

    /// <summary>A filled rectangle.</summary>
    public void Rect(float x, float y, float width, float height, OverlayColor color)
    {
        float u = GlyphAtlas.Solid / 2 * _texelX, v = GlyphAtlas.Solid / 2 * _texelY;
        Quad(x, y, x + width, y, x + width, y + height, x, y + height, u, v, u, v, color);
    }

    /// <summary>A rectangle's outline, inside it.</summary>
    public void Frame(float x, float y, float width, float height, OverlayColor color, float thickness = 1)
    {
        Rect(x, y, width, thickness, color);
        Rect(x, y + height - thickness, width, thickness, color);
        Rect(x, y + thickness, thickness, height - 2 * thickness, color);
        Rect(x + width - thickness, y + thickness, thickness, height - 2 * thickness, color);
    }

    /// <summary>A straight line between two points.</summary>
    public void Line(float x0, float y0, float x1, float y1, OverlayColor color, float thickness = 1)
    {
        float dx = x1 - x0, dy = y1 - y0, length = MathF.Sqrt(dx * dx + dy * dy);
        if (!(length > 0))
            return;
        float nx = -dy / length * thickness / 2, ny = dx / length * thickness / 2;
        float u = GlyphAtlas.Solid / 2 * _texelX, v = GlyphAtlas.Solid / 2 * _texelY;
        Quad(x0 + nx, y0 + ny, x1 + nx, y1 + ny, x1 - nx, y1 - ny, x0 - nx, y0 - ny, u, v, u, v, color);
    }

    /// <summary>Bars from the bottom of a rectangle, of equal widths: a spectrum.</summary>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Top edge.</param>
    /// <param name="width">Of all.</param>
    /// <param name="height">Of a bar at 1.</param>
    /// <param name="values">0..1 each.</param>
    /// <param name="color">Of all.</param>
    public void Bars(float x, float y, float width, float height, ReadOnlySpan<float> values, OverlayColor color)
    {
        float step = width / Math.Max(1, values.Length), bar = Math.Max(1, step - 1);
        for (int i = 0; i < values.Length; i++)
        {
            float tall = height * Math.Clamp(values[i], 0, 1);
            Rect(x + i * step, y + height - tall, bar, tall, color);
        }
    }

    /// <summary>Text; y is the line's top. Line breaks begin new lines.</summary>
    /// <returns>The pen after the last letter.</returns>
    public float Text(float x, float y, OverlayColor color, ReadOnlySpan<char> text, int size = 0)
    {
        float pen = MathF.Round(x), top = MathF.Round(y);
        foreach (char letter in text)
        {
            if (letter == '\n')
            {
                (pen, top) = (MathF.Round(x), top + LineHeight(size));
                continue;
            }
            Glyph glyph = _atlas.Find(letter, size);
            if (glyph.Width > 0 && pen + glyph.Advance <= RightEdge)
            {
                float left = pen + glyph.Left, up = top + glyph.Top, right = left + glyph.Width, down = up + glyph.Height;
                Quad(left, up, right, up, right, down, left, down,
                    glyph.X * _texelX, glyph.Y * _texelY, (glyph.X + glyph.Width) * _texelX, (glyph.Y + glyph.Height) * _texelY, color);
            }
            pen += glyph.Advance;
        }
        return pen;
    }

    /// <summary>Text with numbers in it, formatted without allocating.</summary>
    /// <returns>The pen after the last letter.</returns>
    public float Text(float x, float y, OverlayColor color, [InterpolatedStringHandlerArgument("")] ref OverlayText text, int size = 0) =>
        Text(x, y, color, text.Written, size);

    /// <summary>Draws what was asked for.</summary>
    public void End()
    {
        _context.AssertThread();
        if (_count == 0)
            return;
        GL gl = _context.Gl;
        _program.Use();
        _atlas.Bind(0);
        gl.BindVertexArray(_array);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, _buffer);
        // New storage each time: the driver may still be reading the old.
        fixed (OverlayVertex* vertices = _vertices)
            gl.BufferData(BufferTargetARB.ArrayBuffer, (nuint)(_count * sizeof(OverlayVertex)), vertices, BufferUsageARB.StreamDraw);
        gl.Enable(EnableCap.Blend);
        gl.BlendFunc(BlendingFactor.SrcAlpha, BlendingFactor.OneMinusSrcAlpha);
        gl.DrawArrays(PrimitiveType.Triangles, 0, (uint)_count);
        gl.Disable(EnableCap.Blend);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, 0);
        _context.BindVertexArray();
        _count = 0;
    }

    /// <summary>Frees it. The context's thread.</summary>
    public void Dispose()
    {
        if (_array == 0)
            return;
        _context.Gl.DeleteVertexArray(_array);
        _context.Gl.DeleteBuffer(_buffer);
        _context.Count(-2);
        (_array, _buffer) = (0, 0);
        _program.Dispose();
        _atlas.Dispose();
    }

    private void Begin(int width, int height, bool upsideDown)
    {
        _context.AssertThread();
        (Width, Height, RightEdge, _count) = (width, height, width, 0);
        _program.Use();
        _context.Gl.Uniform2(_scale, 2f / width, (upsideDown ? -2f : 2f) / height);
        _context.Gl.Uniform2(_offset, -1, upsideDown ? 1 : -1);
    }

    private void Quad(float x0, float y0, float x1, float y1, float x2, float y2, float x3, float y3, float u0, float v0, float u1, float v1, OverlayColor color)
    {
        if (_count + 6 > MaxVertices)
            End();
        Span<OverlayVertex> corner = _vertices.AsSpan(_count, 6);
        corner[0] = new OverlayVertex { X = x0, Y = y0, U = u0, V = v0, Color = color };
        corner[1] = new OverlayVertex { X = x1, Y = y1, U = u1, V = v0, Color = color };
        corner[2] = new OverlayVertex { X = x2, Y = y2, U = u1, V = v1, Color = color };
        corner[3] = corner[0];
        corner[4] = corner[2];
        corner[5] = new OverlayVertex { X = x3, Y = y3, U = u0, V = v1, Color = color };
        _count += 6;
    }
}
