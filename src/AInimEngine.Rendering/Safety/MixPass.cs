using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Safety;

/// <summary>One of the two passes of a limited picture: mixing into what is kept, in linear light, and showing that.</summary>
internal sealed class MixPass : IDisposable
{
    private const double GoldenRatio = 0.6180339887498949;

    // Where nothing is limited the finished pixel goes through bit for bit. Filters weigh in fixed point, so that a GPU's
    // mean of ones may be a little less.
    private const string Whole = "0.9999";

    private readonly GlContext _context;
    private readonly GlProgram _program;
    private readonly int _linear, _jitter;

    private MixPass(GlContext context, string name, int width, int height, string body)
    {
        _context = context;
        string fragment = Glsl.Version + "uniform float u_jitter, u_linear;\n" + Glsl.Functions + Glsl.Lattice + Glsl.Keep + $$"""
            uniform sampler2D u_finished, u_before, u_gains;
            out vec4 fragment;
            void main() {
                ivec2 at = ivec2(gl_FragCoord.xy);
                float gain = texture(u_gains, gl_FragCoord.xy / vec2({{width}}.0, {{height}}.0)).r;
                vec4 finished = texelFetch(u_finished, at, 0);
                vec3 before = texelFetch(u_before, at, 0).rgb;
                {{body}}
            }

            """;
        _program = new GlProgram(context, name, Glsl.Version + "void main() {\n" + Glsl.Triangle + "}\n", fragment, []);
        _program.Use();
        _linear = _program.Uniform("u_linear");
        _jitter = _program.Uniform("u_jitter");
        context.Gl.Uniform1(_program.Uniform("u_finished"), 0);
        context.Gl.Uniform1(_program.Uniform("u_before"), 1);
        context.Gl.Uniform1(_program.Uniform("u_gains"), 2);
    }

    /// <summary>Mixes the finished picture into the one before, in linear light.</summary>
    public static MixPass Keep(GlContext context, int width, int height) => new(context, "flash mix", width, height,
        "fragment = vec4(keep_half(mix(u_linear > 0.5 ? before : to_linear(before), to_linear(finished.rgb), gain)), 1.0);");

    /// <summary>Shows what was kept, and the finished picture itself where nothing is limited.</summary>
    public static MixPass Show(GlContext context, int width, int height) => new(context, "flash show", width, height,
        $"fragment = gain > {Whole} ? finished : vec4(to_display(before), finished.a);");

    /// <summary>Draws into <paramref name="target"/>.</summary>
    public void Draw(GlTexture target, GlTexture finished, GlTexture before, GlTexture gains, bool isLinear, uint frame)
    {
        finished.Bind(0);
        before.Bind(1);
        gains.Bind(2);
        target.Target();
        _program.Use();
        GL gl = _context.Gl;
        gl.Uniform1(_linear, isLinear ? 1f : 0f);
        gl.Uniform1(_jitter, (float)(frame * GoldenRatio % 1));
        gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
    }

    public void Dispose() => _program.Dispose();
}
