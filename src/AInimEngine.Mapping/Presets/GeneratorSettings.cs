namespace AInimEngine.Mapping.Presets;

/// <summary>Which generator a preset asks for.</summary>
/// <param name="Type">"field"; weight files come as another type.</param>
/// <param name="Universe">Seed of the network itself.</param>
/// <param name="Width">Width in pixels that it decodes at.</param>
/// <param name="Inputs">The preset's values of the generator's inputs ("field.zoom"); inputs left out keep their defaults.</param>
/// <param name="Style">The drawing style; null leaves it to the universe.</param>
/// <param name="Palette">The palette; null leaves it to the universe.</param>
public sealed record GeneratorSettings(
    string Type, int Universe, int Width, IReadOnlyList<InputValue> Inputs, string? Style = null, string? Palette = null)
{
    /// <summary>The types that this version knows.</summary>
    public static IReadOnlyList<string> Types { get; } = ["field"];

    /// <summary>The default generator.</summary>
    public static GeneratorSettings Default { get; } = new(
        Types[0], (int)MappingParameters.Row("generator.universe").Default, (int)MappingParameters.Row("generator.width").Default, []);
}
