using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// What presets may speak of on this machine: features, shaders and parameters. Readers check against it, and schema and
/// documentation are made from it.
/// </summary>
/// <param name="Features">The analysis' layout; every field can be a source, mapped from its range to 0..1.</param>
/// <param name="Shaders">Names of the shaders of the post chain, without extension.</param>
/// <param name="Parameters">
/// Rows "{shader}.{parameter}" of the shaders and "{type}.{input}" of the generators. A generator type without rows is
/// checked when the mapper is made.
/// </param>
public sealed record PresetVocabulary(FrameLayout Features, IReadOnlyList<string> Shaders, ParameterTable Parameters)
{
    /// <summary>
    /// Words that a generator's settings may take: "field.style" and "field.palette" with their names. A setting without
    /// words is left to the generator to check.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> GeneratorWords { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Sources beside <see cref="Features"/> that exist when something else is given.</summary>
    public IReadOnlyList<SourcePattern> Patterns { get; init; } = [];

    /// <summary>The rows of one shader or one generator type.</summary>
    public IEnumerable<Parameter> RowsOf(string owner) =>
        Parameters.All.Where(row => row.Id.StartsWith(owner + ".", StringComparison.Ordinal));

    /// <summary>The normalised features, float by float: "bass", "chroma[0]".."chroma[11]". Those in raw units are left out.</summary>
    public IEnumerable<string> SourceNames => Normalised.SelectMany(feature => feature.Length == 1
        ? [feature.Name]
        : Enumerable.Range(0, feature.Length).Select(index => $"{feature.Name}[{index}]"));

    internal IEnumerable<FrameField> Normalised =>
        Features.Fields.Where(feature => !feature.Name.StartsWith(SourceName.RawPrefix, StringComparison.Ordinal));

    /// <summary>Registers a generator's inputs (but the latent) as rows, one per float.</summary>
    /// <param name="parameters">The table.</param>
    /// <param name="inputs">As the generator declares them, the latent first.</param>
    /// <param name="defaults">As the generator fills them.</param>
    public static void RegisterInputs(ParameterTable parameters, IReadOnlyList<FrameField> inputs, ReadOnlySpan<float> defaults)
    {
        int next = 0;
        foreach (FrameField input in inputs.Skip(1))
            for (int i = 0; i < input.Length; i++)
                parameters.Register(InputRow(input, i, defaults[next++]));
    }

    internal static Parameter InputRow(FrameField input, int index, float value) => new(
        input.Length == 1 ? input.Name : $"{input.Name}[{index}]", input.Unit, input.Min, input.Max, value, input.Description);
}
