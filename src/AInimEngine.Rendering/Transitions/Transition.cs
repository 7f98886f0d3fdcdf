using AInimEngine.Core.Errors;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Transitions;

/// <summary>
/// Draws the way from one finished picture to another, both of any size. It mixes light, so that two pictures of one
/// brightness stay at it on the way. The context's thread; allocates nothing after it was made.
/// </summary>
public sealed class Transition : IDisposable
{
    private const string Head = """
        uniform sampler2D u_from;
        uniform sampler2D u_to;
        uniform float progress;
        out vec4 o_color;
        vec3 from(vec2 uv) { return to_linear(texture(u_from, uv).rgb); }
        vec3 to(vec2 uv) { return to_linear(texture(u_to, uv).rgb); }
        float corner(vec2 p) { return fract(sin(dot(p, vec2(127.1, 311.7))) * 43758.5453); }
        // Smooth random numbers, 0..1, about one bump to a unit.
        float field(vec2 p) {
            vec2 cell = floor(p), at = p - cell;
            at = at * at * (3.0 - 2.0 * at);
            return mix(mix(corner(cell), corner(cell + vec2(1.0, 0.0)), at.x), mix(corner(cell + vec2(0.0, 1.0)), corner(cell + 1.0), at.x), at.y);
        }

        """;

    private const string Main = """
        void main() {
            vec2 uv = gl_FragCoord.xy * u_texel;
            // The ends are the pictures themselves.
            if (progress <= 0.0)
                o_color = texture(u_from, uv);
            else if (progress >= 1.0)
                o_color = texture(u_to, uv);
            else
                o_color = vec4(to_display(max(transition(uv), 0.0)) + (lattice(0.0) - 0.5) / 255.0, 1.0);
        }

        """;

    private readonly GlContext _context;
    private readonly GlProgram _program;
    private readonly GlTexture _output;
    private readonly int _progress;

    /// <summary>Compiles it and draws a pixel, so that the driver's work is done before it is wanted: tens of milliseconds the first time.</summary>
    /// <param name="context">Outlives it.</param>
    /// <param name="shader">From a <see cref="TransitionLibrary"/>.</param>
    /// <param name="width">Of what it draws.</param>
    /// <param name="height">Of what it draws.</param>
    /// <exception cref="AInimException">The file does not compile; the message names its line.</exception>
    public Transition(GlContext context, TransitionShader shader, int width, int height)
    {
        _context = context;
        Shader = shader;
        string size = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"const vec2 u_texel = vec2(1.0) / vec2({width}, {height});\nconst float u_aspect = float({width}) / float({height});\n");
        string fragment = $"{Glsl.Version}{size}{Glsl.Functions}{Glsl.Lattice}{Head}#line {GlProgram.LineOf(1, 1)}\n{shader.Source}\n#line 1\n{Main}";
        _program = new GlProgram(context, shader.Name, $"{Glsl.Version}void main() {{\n{Glsl.Triangle}}}\n", fragment, ["generated", Path.GetFileName(shader.Path)]);
        try
        {
            _progress = _program.Uniform("progress");
            _program.Use();
            context.Gl.Uniform1(_program.Uniform("u_from"), 0);
            context.Gl.Uniform1(_program.Uniform("u_to"), 1);
            _output = new GlTexture(context, width, height, InternalFormat.Rgba8, target: true);
            using var blank = new GlTexture(context, 1, 1, InternalFormat.Rgba8, target: true);
            blank.Clear();
            blank.Bind(0);
            blank.Bind(1);
            _output.Clear();
            context.Gl.Viewport(0, 0, 1, 1);
            context.Gl.Uniform1(_progress, 0.5f);
            context.Gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
            _output.Clear();
        }
        catch
        {
            _program.Dispose();
            throw;
        }
    }

    /// <summary>Which it is.</summary>
    public TransitionShader Shader { get; }

    /// <summary>Draws a step of the way.</summary>
    /// <param name="from">The old picture.</param>
    /// <param name="to">The new picture.</param>
    /// <param name="progress">0, the old picture itself, to 1, the new one.</param>
    /// <returns>What it drew; valid until the next call.</returns>
    public GlTexture Draw(GlTexture from, GlTexture to, float progress)
    {
        _context.AssertThread();
        from.Bind(0);
        to.Bind(1);
        _output.Target();
        _program.Use();
        _context.Gl.Uniform1(_progress, float.IsFinite(progress) ? Math.Clamp(progress, 0, 1) : 1);
        _context.Gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
        return _output;
    }

    /// <summary>Frees it. The context's thread.</summary>
    public void Dispose()
    {
        _program.Dispose();
        _output.Dispose();
    }
}
