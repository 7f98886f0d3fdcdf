namespace AInimEngine.Rendering.Shaders;

/// <summary>What a shader does to the picture, which decides how the chain fuses it with its neighbours.</summary>
public enum ShaderKind
{
    /// <summary>Resamples the generator's picture to the size that the chain works at. At most one, always first.</summary>
    Source,

    /// <summary>Moves the picture about: <c>vec2 warp(vec2 uv)</c>. Costs no pass.</summary>
    Warp,

    /// <summary>Changes colours in linear light: <c>vec3 shade(vec3 color, vec2 uv)</c>. Costs no pass, unless it keeps its picture.</summary>
    Point,

    /// <summary>Looks at neighbours: <c>vec3 shade(vec2 uv)</c>, reading <c>picture(uv)</c>. Ends the pass before it.</summary>
    Filter,

    /// <summary>
    /// Changes colours at output size, in display (sRGB) values 0..1: <c>vec3 shade(vec3 color, vec2 uv)</c>. All of them
    /// run last, in their order, in the pass that writes the output; those marked smooth just before it, at the working size.
    /// </summary>
    Finish,
}
