namespace AInimEngine.Rendering.Post;

/// <summary>The text that every generated program begins with.</summary>
internal static class Glsl
{
    public const string Version = "#version 330 core\n";

    /// <summary>
    /// Functions for shader files. The sRGB transfer curves are rational functions, fitted to the least greatest error in
    /// display values (0.17 and 0.20 of an 8-bit step): pow() costs a software renderer as much as 40 multiplications.
    /// </summary>
    public const string Functions = """
        float luma(vec3 c) { return dot(c, vec3(0.2126, 0.7152, 0.0722)); }
        vec3 to_linear(vec3 c) {
            c = clamp(c, 0.0, 2.0);
            return c * (0.0782783 + c * (0.31014227 + c * 6.87519584)) / (1.0 + c * (7.94716538 - c * 1.69420135));
        }
        vec3 to_display(vec3 c) {
            vec3 s = min(sqrt(c), 2.0);
            return s * s * (6.24803197 + s * (310.78785844 - s * 33.10991723)) / (1.0 + s * (284.47420085 * s - 1.32766649));
        }
        vec2 mirror(vec2 uv) { return 1.0 - abs(1.0 - abs(uv)); }

        """;

    /// <summary>
    /// Evenly spread numbers 0..1 by pixel: the R2 lattice (Roberts, "The unreasonable effectiveness of quasirandom
    /// sequences", 2018). Four operations; as dither it stands still, so that a video encoder need not code it.
    /// </summary>
    public const string Lattice = """
        float lattice(float start) { return fract(dot(gl_FragCoord.xy, vec2(0.7548776662, 0.5698402910)) + start); }

        """;

    /// <summary>
    /// Rounds to the 11 significant bits of a half float at random, up as often as the remainder says. What is kept from
    /// frame to frame is rounded every time: drivers that truncate (Mesa's software renderer does) would shorten long
    /// trails, and drivers that round to nearest would let them stop halfway. After this the store is exact on both.
    /// </summary>
    public const string Keep = """
        vec3 keep_half(vec3 c) {
            uint random = uint(8192.0 * lattice(u_jitter));
            return uintBitsToFloat((floatBitsToUint(clamp(c, 0.0, 60000.0)) + random) & 0xFFFFE000u);
        }

        """;

    /// <summary>The full-screen triangle of <c>gl_VertexID</c>; takes no buffers.</summary>
    public const string Triangle = "    gl_Position = vec4(vec2((gl_VertexID << 1) & 2, gl_VertexID & 2) * 2.0 - 1.0, 0.0, 1.0);\n";
}
