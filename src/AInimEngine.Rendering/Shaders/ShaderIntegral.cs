namespace AInimEngine.Rendering.Shaders;

/// <summary>
/// A phase that grows by a parameter's value every second, so that a changing speed never makes it jump:
/// <c>// @integrate phase speed</c>.
/// </summary>
/// <param name="Name">Its name in the shader.</param>
/// <param name="Parameter">Name of the parameter that is its speed.</param>
public sealed record ShaderIntegral(string Name, string Parameter);
