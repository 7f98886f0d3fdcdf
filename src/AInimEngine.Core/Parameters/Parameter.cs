namespace AInimEngine.Core.Parameters;

/// <summary>Something that can be set: the row that CLI, presets, schema, docs and controllers are made from.</summary>
/// <param name="Id">Dotted lower-case id: "motion.speed", "bloom.strength".</param>
/// <param name="Unit">"ms", "Hz", "" for a ratio...</param>
/// <param name="Min">Smallest allowed value.</param>
/// <param name="Max">Largest allowed value.</param>
/// <param name="Default">Value when nobody sets it.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Curve">How a controller's 0..1 spreads over the range.</param>
public sealed record Parameter(
    string Id,
    string Unit,
    float Min,
    float Max,
    float Default,
    string Description,
    ParameterCurve Curve = ParameterCurve.Linear);
