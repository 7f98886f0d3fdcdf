namespace AInimEngine.Rendering.Shaders;

/// <summary>A picture of its own that a shader draws before its stage: <c>// @pass blur_x 4</c> with <c>vec3 blur_x(vec2 uv)</c>.</summary>
/// <param name="Name">The function that draws it; read with <c>buffer_{Name}(uv)</c>.</param>
/// <param name="Divisor">Output size over this size, e.g. 4.</param>
/// <param name="Line">Line of the declaration, from 1.</param>
public sealed record ShaderBuffer(string Name, int Divisor, int Line);
