namespace AInimEngine.Rendering.Shaders;

/// <summary>
/// A value that is worked out once a pass instead of once a pixel: <c>// @once float keep = exp2(-u_delta / tau);</c>.
/// </summary>
/// <param name="Type">float, vec2, vec3, vec4, mat2 or mat3.</param>
/// <param name="Name">Its name in the shader.</param>
/// <param name="Expression">GLSL over parameters, u_time and the like, and earlier constants.</param>
/// <param name="Line">Line of the declaration, from 1.</param>
public sealed record ShaderConstant(string Type, string Name, string Expression, int Line);
