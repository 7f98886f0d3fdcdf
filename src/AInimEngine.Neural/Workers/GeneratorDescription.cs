using System.Text.Json;
using System.Text.Json.Serialization;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Field;

namespace AInimEngine.Neural.Workers;

/// <summary>
/// What a generator is made from, in a form that reaches another process: the embedded field, or a model's file and how it
/// is played.
/// </summary>
public sealed record GeneratorDescription
{
    private static readonly DescriptionJson s_json = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>Settings of the embedded field; null for a model.</summary>
    public FieldSettings? Field { get; init; }

    /// <summary>Path of a model's file; null for the field.</summary>
    public string? Model { get; init; }

    /// <summary>How the model is played; null for the field.</summary>
    public StyleGeneratorSettings? Style { get; init; }

    /// <summary>The precision of the style counts for nothing: it is the one that is measured best where the generator is made.</summary>
    public bool MeasuresPrecision { get; init; }

    /// <summary>The same generator, with a precision that is chosen; the embedded one has no choice.</summary>
    public GeneratorDescription WithPrecision(DecodePrecision precision) =>
        Style is null ? this : this with { Style = Style with { Precision = precision }, MeasuresPrecision = false };

    /// <summary>Threads of libtorch, which are part of what makes pictures repeat.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json.GeneratorDescription);

    /// <summary>From JSON.</summary>
    /// <exception cref="AInimException">It is not such a description.</exception>
    public static GeneratorDescription FromJson(string json)
    {
        try
        {
            GeneratorDescription? description = JsonSerializer.Deserialize(json, s_json.GeneratorDescription);
            if (description is null || description.Field is null == description.Model is null || description.Model is null != description.Style is null || description.Threads is < 1 or > 1024)
                throw new AInimException(ExitCode.Usage, "a generator's description names a field, or a model and how it is played, and 1 to 1024 threads. Workers are started by the engine itself.");
            return description;
        }
        catch (JsonException error)
        {
            throw new AInimException(ExitCode.Usage, $"a generator's description cannot be read: {SystemReason.Of(error)} Workers are started by the engine itself.", error);
        }
    }
}

/// <summary>Readers and writers made by the compiler.</summary>
[JsonSerializable(typeof(GeneratorDescription))]
internal sealed partial class DescriptionJson : JsonSerializerContext;
