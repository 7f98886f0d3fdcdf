using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Json;
using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping.Presets;

/// <summary>Understands the names of what a modulation moves.</summary>
internal static class TargetName
{
    public const string PostPrefix = "post.";
    public const int MaxLayers = 64;

    /// <summary>Finds the row that a target obeys, or says why there is none.</summary>
    /// <param name="target">"motion.speed", "latent.mid", "post.bloom.strength", or a generator input.</param>
    /// <param name="post">The preset's chain.</param>
    /// <param name="parameters">Rows of shaders and generators.</param>
    /// <param name="inputs">The generator's rows; null when they are not known yet, and then any other name passes with no row.</param>
    /// <param name="row">The row.</param>
    public static string? Find(
        string target, IReadOnlyList<ShaderPass> post, ParameterTable parameters, IReadOnlyList<Parameter>? inputs, out Parameter? row)
    {
        row = null;
        if (target.StartsWith(PostPrefix, StringComparison.Ordinal))
            return FindPost(target, post, parameters, out row);
        IEnumerable<string> own = MappingParameters.MotionTargets.Concat(MappingParameters.Latent.Select(latent => latent.Id));
        if (own.Contains(target))
        {
            row = MappingParameters.Row(target);
            return null;
        }
        if (TryLayer(target, out _))
        {
            // How many layers there are, the generator knows: the mapper checks.
            row = MappingParameters.Layer with { Id = target };
            return null;
        }
        row = inputs?.FirstOrDefault(input => input.Id == target);
        if (row is not null)
            return null;
        if (target.StartsWith("motion.", StringComparison.Ordinal) || target.StartsWith("latent.", StringComparison.Ordinal) || inputs is not null)
        {
            IEnumerable<string> known = own.Append(MappingParameters.Layer.Id + "[0]").Concat(inputs?.Select(input => input.Id) ?? []).Concat(PostTargets(post, parameters));
            return $"unknown target {JsonText.Quote(target)}{Suggestion.For(target, known)}";
        }
        return null;
    }

    /// <summary>Understands "latent.layer[3]".</summary>
    public static bool TryLayer(string target, out int layer)
    {
        layer = 0;
        return target.EndsWith(']') && target.Length < 20 && SourceName.TrySplit(target, out string name, out layer) && name == MappingParameters.Layer.Id && layer < MaxLayers;
    }

    /// <summary>Every "post.{id}.{parameter}" of a chain.</summary>
    public static IEnumerable<string> PostTargets(IReadOnlyList<ShaderPass> post, ParameterTable parameters) =>
        post.SelectMany(pass => RowsOf(parameters, pass.Shader).Select(row => pass.FieldName(row.Id[(pass.Shader.Length + 1)..])));

    /// <summary>The rows of a shader.</summary>
    public static IEnumerable<Parameter> RowsOf(ParameterTable parameters, string shader) =>
        parameters.All.Where(row => row.Id.StartsWith(shader + ".", StringComparison.Ordinal));

    private static string? FindPost(string target, IReadOnlyList<ShaderPass> post, ParameterTable parameters, out Parameter? row)
    {
        row = null;
        string[] parts = target.Split('.', 3);
        if (parts.Length < 3)
            return $"unknown target {JsonText.Quote(target)}; a shader's parameter is written \"post.bloom.strength\"";
        ShaderPass? pass = post.FirstOrDefault(candidate => candidate.Id == parts[1]);
        if (pass is null)
            return $"unknown target {JsonText.Quote(target)}: the preset's post chain has no {JsonText.Quote(parts[1])}{Suggestion.For(parts[1], post.Select(candidate => candidate.Id))}";
        row = parameters.Find($"{pass.Shader}.{parts[2]}");
        return row is not null
            ? null
            : $"unknown target {JsonText.Quote(target)}: shader '{pass.Shader}' has no {JsonText.Quote(parts[2])}"
              + Suggestion.For(parts[2], RowsOf(parameters, pass.Shader).Select(known => known.Id[(pass.Shader.Length + 1)..]));
    }
}
