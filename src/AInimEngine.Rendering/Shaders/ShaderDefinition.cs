using AInimEngine.Core.Parameters;

namespace AInimEngine.Rendering.Shaders;

/// <summary>One shader file of the chain, its header read but nothing compiled.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Path">Where the file lies.</param>
/// <param name="Description">What it does, one sentence for people.</param>
/// <param name="Kind">How the chain uses it.</param>
/// <param name="Parameters">What can be set, with ids "{shader}.{parameter}".</param>
/// <param name="KeepsPicture">True when it reads its own last picture with <c>previous(uv)</c>.</param>
/// <param name="IsSmooth">True for a finish shader without fine detail: it runs at the working size, before the other finish shaders.</param>
/// <param name="Buffers">Pictures of its own, in the order in which they are drawn.</param>
/// <param name="Constants">Values worked out once a pass.</param>
/// <param name="Integrals">Phases.</param>
/// <param name="Source">The whole text.</param>
public sealed record ShaderDefinition(
    string Name,
    string Path,
    string Description,
    ShaderKind Kind,
    IReadOnlyList<Parameter> Parameters,
    bool KeepsPicture,
    bool IsSmooth,
    IReadOnlyList<ShaderBuffer> Buffers,
    IReadOnlyList<ShaderConstant> Constants,
    IReadOnlyList<ShaderIntegral> Integrals,
    string Source)
{
    /// <summary>"bloom.frag", as errors name it.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The parameter's name without the shader's.</summary>
    public string ShortName(Parameter parameter) => parameter.Id[(Name.Length + 1)..];

    /// <summary>Finds a parameter by its short name.</summary>
    public Parameter? Find(string shortName)
    {
        foreach (Parameter parameter in Parameters)
            if (parameter.Id.Length == Name.Length + 1 + shortName.Length && parameter.Id.EndsWith(shortName, StringComparison.Ordinal))
                return parameter;
        return null;
    }
}
