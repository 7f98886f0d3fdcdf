using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// One row of a preset that lets a sound feature move something: clamp01(source * gain + offset), shaped by the curve,
/// followed by the envelope, spread over min..max, and applied to the target.
/// </summary>
public sealed record Modulation
{
    /// <summary>A feature ("bass", "chroma[3]"), or a generated signal ("lfo:0.1", "noise:0.2").</summary>
    public required string Source { get; init; }

    /// <summary>What moves: "latent.mid", "motion.speed", "field.zoom", "post.bloom.strength".</summary>
    public required string Target { get; init; }

    /// <summary>Factor on the source.</summary>
    public float Gain { get; init; } = MappingParameters.Row("modulation.gain").Default;

    /// <summary>Added after the gain.</summary>
    public float Offset { get; init; } = MappingParameters.Row("modulation.offset").Default;

    /// <summary>The shape.</summary>
    public ModulationCurve Curve { get; init; }

    /// <summary>For <see cref="ModulationCurve.Power"/>.</summary>
    public float Exponent { get; init; } = MappingParameters.Row("modulation.exponent").Default;

    /// <summary>For <see cref="ModulationCurve.Threshold"/> and <see cref="ModulationCurve.Gate"/>.</summary>
    public float Threshold { get; init; } = MappingParameters.Row("modulation.threshold").Default;

    /// <summary>Milliseconds of rising; 0 reaches the value in the very frame.</summary>
    public float Attack { get; init; } = MappingParameters.Row("modulation.attack").Default;

    /// <summary>Milliseconds of falling.</summary>
    public float Release { get; init; } = MappingParameters.Row("modulation.release").Default;

    /// <summary>How much the row gives way while it is triggered densely, 0..1.</summary>
    public float Fatigue { get; init; } = MappingParameters.Row("modulation.fatigue").Default;

    /// <summary>What the target gets from a silent source.</summary>
    public float Min { get; init; } = MappingParameters.Row("modulation.min").Default;

    /// <summary>What the target gets at full source.</summary>
    public float Max { get; init; } = MappingParameters.Row("modulation.max").Default;

    /// <summary>How the value meets the target.</summary>
    public ModulationMode Mode { get; init; }

    /// <summary>Where the row stands in the preset.</summary>
    public TextPosition At { get; init; }

    internal TextPosition SourceAt { get; init; }

    internal TextPosition TargetAt { get; init; }

    internal TextPosition MinAt { get; init; }

    internal TextPosition MaxAt { get; init; }
}
