using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Overlay;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Presenting;

/// <summary>
/// A picture to set up screens with: a grid, circles that must be round, colour bars, a grey ramp, the edge of the picture,
/// a hand that turns once a second, and the number of the frame. The context's thread; allocates nothing after it was made.
/// </summary>
public sealed class TestPattern : IDisposable
{
    private const string Fragment = Glsl.Version + """
        uniform vec2 u_size;
        uniform float u_turn;
        out vec4 o_color;
        float line(float distance, float width) { return 1.0 - smoothstep(width - 0.5, width + 0.5, abs(distance)); }
        void main() {
            vec2 at = gl_FragCoord.xy, p = at - 0.5 * u_size;
            float cell = u_size.y / 9.0;
            vec2 grid = (fract(p / cell + 0.5) - 0.5) * cell;
            vec3 c = vec3(0.14) + 0.22 * max(line(grid.x, 0.8), line(grid.y, 0.8));
            vec2 uv = at / u_size;
            if (abs(p.x) < 4.0 * cell) {
                int bar = int((p.x / cell + 4.0) * 7.0 / 8.0);
                // White, yellow, cyan, green, magenta, red, blue at three quarters.
                if (p.y > -2.5 * cell && p.y < -1.5 * cell)
                    c = 0.75 * vec3(bar == 0 || bar == 1 || bar == 4 || bar == 5, bar < 4, bar % 2 == 0);
                if (p.y > 1.5 * cell && p.y < 2.5 * cell)
                    c = vec3(floor((p.x / cell + 4.0) * 2.0) / 15.0);
            }
            float radius = length(p);
            float rings = max(line(radius - 4.4 * cell, 1.0), line(radius - 1.2 * cell, 1.0));
            vec2 hand = vec2(sin(u_turn), -cos(u_turn));
            float along = dot(p, hand), aside = dot(p, vec2(-hand.y, hand.x));
            if (along > 0.0 && radius < 1.2 * cell)
                rings = max(rings, line(aside, 1.5));
            c = mix(c, vec3(0.9), rings);
            if (at.x < 2.0 || at.y < 2.0 || at.x > u_size.x - 2.0 || at.y > u_size.y - 2.0)
                c = vec3(0.9, 0.2, 0.2);
            o_color = vec4(c, 1.0);
        }

        """;

    private readonly GlContext _context;
    private readonly GlProgram _program;
    private readonly GlTexture _output;
    private readonly int _turn, _size;

    /// <summary>Compiles it.</summary>
    /// <param name="context">Outlives it.</param>
    /// <param name="width">Of what it draws.</param>
    /// <param name="height">Of what it draws.</param>
    public TestPattern(GlContext context, int width, int height)
    {
        _context = context;
        _program = new GlProgram(context, "test pattern", $"{Glsl.Version}void main() {{\n{Glsl.Triangle}}}\n", Fragment, []);
        _output = new GlTexture(context, width, height, InternalFormat.Rgba8, target: true);
        (_turn, _size) = (_program.Uniform("u_turn"), _program.Uniform("u_size"));
    }

    /// <summary>Draws it.</summary>
    /// <param name="canvas">Writes size and number; null for the pattern alone.</param>
    /// <param name="frame">Number of the frame.</param>
    /// <param name="seconds">Time in seconds.</param>
    /// <param name="name">Written below the size: the display's name; may be empty.</param>
    /// <returns>What it drew; valid until the next call.</returns>
    public GlTexture Draw(OverlayCanvas? canvas, long frame, double seconds, string name = "")
    {
        _context.AssertThread();
        _output.Target();
        _program.Use();
        _context.Gl.Uniform1(_turn, (float)(Math.Tau * (seconds - Math.Floor(seconds))));
        _context.Gl.Uniform2(_size, _output.Width, _output.Height);
        _context.Gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
        if (canvas is null)
            return _output;
        float cell = _output.Height / 9f, x = _output.Width / 2f + 1.4f * cell, y = _output.Height / 2f - cell;
        var ink = new OverlayColor(230, 230, 230);
        canvas.Begin(_output);
        canvas.Text(x, y, ink, $"{_output.Width}x{_output.Height}");
        canvas.Text(x, y + canvas.LineHeight(), ink, $"frame {frame}");
        canvas.Text(x, y + 2 * canvas.LineHeight(), ink, name);
        canvas.End();
        return _output;
    }

    /// <summary>Frees it. The context's thread.</summary>
    public void Dispose()
    {
        _program.Dispose();
        _output.Dispose();
    }
}
