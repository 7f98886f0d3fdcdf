using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// Mixes a finished picture with the one that was shown before, by a gain from block to block; where that is 1, the finished
/// pixel goes through bit for bit. Squares stand in for sRGB's curve, which costs a software renderer twice the time:
/// black and white in equal parts become 0.47 of white's light, and what is shown is measured anyway.
/// </summary>
internal sealed class MixPass : IDisposable
{
    private const double GoldenRatio = 0.6180339887498949;

    private readonly GlContext _context;
    private readonly GlProgram _program;
    private readonly int _jitter;

    public MixPass(GlContext context, int width, int height)
    {
        _context = context;

        // Filters weigh in fixed point, so that a GPU's mean of ones may be a little less. What is mixed is rounded up as
        // often as the remainder says: steps of less than one in 255 would never arrive otherwise.
        string fragment = Glsl.Version + "uniform float u_jitter;\n" + Glsl.Lattice + $$"""
            uniform sampler2D u_finished, u_before, u_gains;
            out vec4 fragment;
            void main() {
                ivec2 at = ivec2(gl_FragCoord.xy);
                float gain = texture(u_gains, gl_FragCoord.xy / vec2({{width}}.0, {{height}}.0)).r;
                fragment = texelFetch(u_finished, at, 0);
                if (gain < 0.9999) {
                    vec3 before = texelFetch(u_before, at, 0).rgb;
                    vec3 mixed = sqrt(mix(before * before, fragment.rgb * fragment.rgb, gain));
                    fragment.rgb = floor(mixed * 255.0 + 0.01 + 0.98 * lattice(u_jitter)) / 255.0;
                }
            }

            """;
        _program = new GlProgram(context, "flash mix", Glsl.Version + "void main() {\n" + Glsl.Triangle + "}\n", fragment, []);
        _program.Use();
        _jitter = _program.Uniform("u_jitter");
        context.Gl.Uniform1(_program.Uniform("u_finished"), 0);
        context.Gl.Uniform1(_program.Uniform("u_before"), 1);
        context.Gl.Uniform1(_program.Uniform("u_gains"), 2);
    }

    /// <summary>Draws into <paramref name="target"/>.</summary>
    public void Draw(GlTexture target, GlTexture finished, GlTexture before, GlTexture gains, uint frame)
    {
        finished.Bind(0);
        before.Bind(1);
        gains.Bind(2);
        target.Target();
        _program.Use();
        _context.Gl.Uniform1(_jitter, (float)(frame * GoldenRatio % 1));
        _context.Gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
    }

    public void Dispose() => _program.Dispose();
}
