using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Post;

/// <summary>A shader at its place in a chain.</summary>
/// <param name="Shader">The shader.</param>
/// <param name="Id">Unique in the chain.</param>
/// <param name="Index">Place in the chain, from 0; keeps the generated names of equal shaders apart.</param>
internal sealed record ChainStage(ShaderDefinition Shader, string Id, int Index)
{
    /// <summary>What the file's names become, so that files can be joined.</summary>
    public string Prefix => $"s{Index}_";
}
