using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// Reduces a finished picture to blocks of linear light on the GPU and brings those back. A block is a mean of all its
/// pixels up to 8x8, and of as many evenly spread ones above: a software renderer then takes the same time at any size.
/// </summary>
internal sealed unsafe class BlockReader : IDisposable
{
    private const int MostTaps = 8;

    private readonly GlContext _context;
    private readonly GlProgram _program;
    private readonly GlTexture _blocks;

    public BlockReader(GlContext context, FlashGrid grid, int width, int height)
    {
        _context = context;
        string fragment = Glsl.Version + $$"""
            uniform sampler2D u_picture;
            out vec4 fragment;
            const ivec2 size = ivec2({{width}}, {{height}}), grid = ivec2({{grid.Columns}}, {{grid.Rows}});
            // A cubic through 0 and 1 in place of sRGB's curve, within 0.002: of a software renderer's time this takes most.
            vec3 light(vec3 c) { return c * (0.012522878 + c * (0.682171111 + c * 0.305306011)); }
            void main() {
                ivec2 block = ivec2(gl_FragCoord.xy);
                ivec2 start = block * size / grid, extent = (block + 1) * size / grid - start;
                ivec2 taps = min(extent, ivec2({{MostTaps}}));
                vec3 sum = vec3(0.0);
                for (int y = 0; y < taps.y; y++)
                    for (int x = 0; x < taps.x; x++)
                        sum += light(texelFetch(u_picture, start + (ivec2(x, y) * 2 + 1) * extent / (taps * 2), 0).rgb);
                fragment = vec4(sum / float(taps.x * taps.y), 1.0);
            }

            """;
        _program = new GlProgram(context, "flash blocks", Glsl.Version + "void main() {\n" + Glsl.Triangle + "}\n", fragment, []);
        try
        {
            _blocks = new GlTexture(context, grid.Columns, grid.Rows, InternalFormat.Rgba32f, target: true, TextureFilter.Nearest);
        }
        catch
        {
            _program.Dispose();
            throw;
        }
        _program.Use();
        context.Gl.Uniform1(_program.Uniform("u_picture"), 0);
    }

    /// <summary>Draws the blocks of a picture.</summary>
    public void Draw(GlTexture picture)
    {
        picture.Bind(0);
        _blocks.Target();
        _program.Use();
        _context.Gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
    }

    /// <summary>Waits for the blocks that were drawn and writes them, four floats each.</summary>
    public void Read(Span<float> blocks)
    {
        fixed (float* start = blocks)
            _blocks.Read(start);
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _program.Dispose();
    }
}
