namespace AInimEngine.Core.Parameters;

/// <summary>
/// One shader of the chain that finishes a picture, as a preset asks for it. Its values arrive in every control frame as
/// the fields "post.{Id}.{parameter}".
/// </summary>
/// <param name="Shader">File name without extension in the shader folders, e.g. "bloom".</param>
/// <param name="Id">Unique in the chain; the shader's name unless the chain uses it twice ("bloom2").</param>
/// <param name="Values">The preset's values by parameter name; parameters left out keep their defaults.</param>
public sealed record ShaderPass(string Shader, string Id, IReadOnlyDictionary<string, float> Values)
{
    /// <summary>Name of the control field that carries <paramref name="parameter"/>.</summary>
    public string FieldName(string parameter) => $"post.{Id}.{parameter}";
}
