using AInimEngine.Core.Errors;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// What a video looks like and how it moves: generator, motion, what each sound feature moves, and the shaders that
/// finish the picture. Immutable; read by <see cref="PresetReader"/>.
/// </summary>
/// <param name="Name">Name for people.</param>
/// <param name="Description">One or two sentences for people.</param>
/// <param name="Generator">Which generator.</param>
/// <param name="Motion">How its latents move.</param>
/// <param name="Modulations">What each feature moves, in order.</param>
/// <param name="Post">The shader chain, in order.</param>
/// <param name="Origin">The file, as errors name it.</param>
public sealed record Preset(
    string Name,
    string Description,
    GeneratorSettings Generator,
    MotionSettings Motion,
    IReadOnlyList<Modulation> Modulations,
    IReadOnlyList<ShaderPass> Post,
    string Origin)
{
    /// <summary>The bands that it asks for; the level of number i is the source "bands[i]".</summary>
    public IReadOnlyList<PresetBand> Bands { get; init; } = [];

    /// <summary>The file as it was read, in UTF-8; empty for a preset that is of no file.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>The version of the format that this code reads and writes.</summary>
    public const int FormatVersion = 1;

    /// <summary>The preset that is used when nobody names one.</summary>
    public const string DefaultName = "aurora";

    /// <summary>An error about a place in the preset.</summary>
    public AInimException Error(TextPosition at, string message) => ErrorIn(Origin, at, message);

    internal static AInimException ErrorIn(string origin, TextPosition at, string message) => new(
        ExitCode.Preset,
        at.Line > 0 ? $"preset {JsonText.Quote(origin, 200)} line {at.Line} column {at.Column}: {message}" : $"preset {JsonText.Quote(origin, 200)}: {message}");
}
