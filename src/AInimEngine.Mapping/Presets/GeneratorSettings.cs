namespace AInimEngine.Mapping.Presets;

/// <summary>Which generator a preset asks for.</summary>
/// <param name="Type">"field", or "model" for trained weights.</param>
/// <param name="Universe">Seed of the network itself; of a model, the seed of the journey through it.</param>
/// <param name="Width">Width in pixels that it decodes at.</param>
/// <param name="Inputs">The preset's values of the generator's inputs ("field.zoom"); inputs left out keep their defaults.</param>
/// <param name="Style">The drawing style; null leaves it to the universe.</param>
/// <param name="Palette">The palette; null leaves it to the universe.</param>
public sealed record GeneratorSettings(
    string Type, int Universe, int Width, IReadOnlyList<InputValue> Inputs, string? Style = null, string? Palette = null)
{
    /// <summary>The embedded generator.</summary>
    public const string FieldType = "field";

    /// <summary>A trained model.</summary>
    public const string ModelType = "model";

    /// <summary>The types that this version knows.</summary>
    public static IReadOnlyList<string> Types { get; } = [FieldType, ModelType];

    /// <summary>The default generator.</summary>
    public static GeneratorSettings Default { get; } = new(
        FieldType, (int)MappingParameters.Row("generator.universe").Default, (int)MappingParameters.Row("generator.width").Default, []);

    /// <summary>The model; null for other types.</summary>
    public ModelSettings? Model { get; init; }
}
