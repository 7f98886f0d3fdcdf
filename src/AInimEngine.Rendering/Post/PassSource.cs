namespace AInimEngine.Rendering.Post;

/// <summary>The generated program of a pass and what must be bound for it.</summary>
/// <param name="Vertex">GLSL.</param>
/// <param name="Fragment">GLSL.</param>
/// <param name="Files">File names by source number.</param>
/// <param name="Values">What fills <c>u_param</c>, by index.</param>
/// <param name="Arrays">Uniform arrays that are copied from the control frame: name, offset, length.</param>
/// <param name="Samplers">Samplers by texture unit.</param>
internal sealed record PassSource(
    string Vertex,
    string Fragment,
    IReadOnlyList<string> Files,
    IReadOnlyList<ValueSource> Values,
    IReadOnlyList<(string Name, int Offset, int Length)> Arrays,
    IReadOnlyList<PassSampler> Samplers);
