using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// Turns a row that moves a whole field of floats ("chroma" to "field.chroma") into one row for each: float by float from
/// a source of the same length, or all alike from a single signal.
/// </summary>
internal static class BlockRows
{
    /// <summary>Adds the rows that one row stands for, or says why it cannot.</summary>
    /// <param name="row">As the preset has it.</param>
    /// <param name="features">The sources.</param>
    /// <param name="inputs">The generator's rows; empty when they are not known yet, and then the row stays as it is.</param>
    /// <param name="rows">Takes the rows.</param>
    public static string? Expand(Modulation row, FrameLayout features, IReadOnlyList<Parameter> inputs, List<Modulation> rows)
    {
        int count = inputs.Count(input => input.Id.StartsWith(row.Target + "[", StringComparison.Ordinal));
        if (count == 0)
        {
            rows.Add(row);
            return null;
        }
        bool isBlock = SourceLength(row.Source, features) is var length && length > 1;
        if (isBlock && length != count)
            return $"'{row.Source}' has {length} floats, but '{row.Target}' has {count}";
        for (int i = 0; i < count; i++)
            rows.Add(row with { Source = isBlock ? $"{row.Source}[{i}]" : row.Source, Target = $"{row.Target}[{i}]" });
        return null;
    }

    /// <summary>Floats of a source that is named whole; 0 for any other.</summary>
    public static int SourceLength(string source, FrameLayout features)
    {
        foreach (FrameField feature in features.Fields)
            if (feature.Name == source)
                return feature.Length;
        return 0;
    }
}
