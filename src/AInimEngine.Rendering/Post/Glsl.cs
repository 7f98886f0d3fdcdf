namespace AInimEngine.Rendering.Post;

/// <summary>The text that every generated program begins with.</summary>
internal static class Glsl
{
    public const string Version = "#version 330 core\n";

    /// <summary>
    /// Functions for shader files. The transfer curves are approximations without pow(), which costs a software renderer
    /// as much as 40 multiplications: decoding is a cubic, encoding a rational function of the square root.
    /// </summary>
    public const string Functions = """
        float luma(vec3 c) { return dot(c, vec3(0.2126, 0.7152, 0.0722)); }
        vec3 to_linear(vec3 c) { return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878); }
        vec3 to_display(vec3 c) {
            vec3 s = sqrt(max(c, 0.0));
            return max(s * 0.662002687 + sqrt(s) * 0.684122060 - sqrt(sqrt(s)) * 0.323583601 - c * 0.0225411470, 0.0);
        }
        vec2 mirror(vec2 uv) { return 1.0 - abs(1.0 - abs(uv)); }

        """;

    /// <summary>
    /// Interleaved gradient noise (Jimenez, "Next generation post processing in Call of Duty: Advanced Warfare", 2014):
    /// five operations, spreads the rounding error evenly over every 3x3 pixels, and stands still, so that a video
    /// encoder need not code it.
    /// </summary>
    public const string Dither = """
        float dither() { return fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5; }

        """;

    /// <summary>The full-screen triangle of <c>gl_VertexID</c>; takes no buffers.</summary>
    public const string Triangle = "    gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0.0, 1.0);\n";
}
