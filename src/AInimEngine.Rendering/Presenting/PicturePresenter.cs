using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Rendering.Presenting;

/// <summary>
/// Draws a finished picture into a window of any size. A picture of the window's own size goes pixel by pixel; another one is
/// interpolated. The context's thread; allocates nothing.
/// </summary>
public sealed class PicturePresenter : IDisposable
{
    // A window's row 0 is at its bottom, a picture's at its top.
    private const string Vertex = Glsl.Version + "out vec2 v_uv;\nvoid main() {\n" + Glsl.Triangle + "    v_uv = vec2(gl_Position.x + 1.0, 1.0 - gl_Position.y) * 0.5;\n}\n";
    private const string Exact = Glsl.Version + """
        uniform sampler2D u_picture;
        uniform vec2 u_origin;
        out vec4 o_color;
        void main() {
            ivec2 at = ivec2(gl_FragCoord.xy - u_origin);
            o_color = texelFetch(u_picture, ivec2(at.x, textureSize(u_picture, 0).y - 1 - at.y), 0);
        }

        """;

    private const string Scaled = Glsl.Version + """
        uniform sampler2D u_picture;
        in vec2 v_uv;
        out vec4 o_color;
        void main() { o_color = texture(u_picture, v_uv); }

        """;

    private readonly GlContext _context;
    private readonly GlProgram _exact, _scaled;
    private readonly int _origin;

    /// <summary>Compiles its two programs. The context's thread.</summary>
    public PicturePresenter(GlContext context)
    {
        _context = context;
        _exact = new GlProgram(context, "present", Vertex, Exact, []);
        _scaled = new GlProgram(context, "present scaled", Vertex, Scaled, []);
        _origin = _exact.Uniform("u_origin");
    }

    /// <summary>Draws a picture into a window, black around it. <see cref="GlWindow.Swap"/> shows it.</summary>
    /// <returns>Where it lies.</returns>
    public PicturePlace Present(GlTexture picture, GlWindow window, PictureFit fit = PictureFit.Letterbox)
    {
        window.Target();
        return Draw(picture, window.Width, window.Height, fit);
    }

    /// <summary>Draws into whatever is bound, row 0 at the bottom.</summary>
    internal PicturePlace Draw(GlTexture picture, int width, int height, PictureFit fit)
    {
        _context.AssertThread();
        GL gl = _context.Gl;
        PicturePlace place = PicturePlace.Of(picture.Width, picture.Height, width, height, fit);
        int bottom = height - place.Y - place.Height;
        if (!place.Covers(width, height))
        {
            gl.ClearColor(0, 0, 0, 1);
            gl.Clear(ClearBufferMask.ColorBufferBit);
        }
        picture.Bind(0);
        if (place.Width == picture.Width && place.Height == picture.Height)
        {
            _exact.Use();
            gl.Uniform2(_origin, place.X, bottom);
        }
        else
            _scaled.Use();
        gl.Viewport(place.X, bottom, (uint)place.Width, (uint)place.Height);
        gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
        return place;
    }

    /// <summary>Frees its programs. The context's thread.</summary>
    public void Dispose()
    {
        _exact.Dispose();
        _scaled.Dispose();
    }
}
