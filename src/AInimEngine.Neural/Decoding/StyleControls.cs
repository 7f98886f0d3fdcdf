using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Neural.Decoding;

/// <summary>The inputs of a model beside its latent.</summary>
public static class StyleControls
{
    /// <summary>Prefix of the amount of a bend.</summary>
    public const string BendPrefix = "bend.";

    /// <summary>Range of a bend's amount, both ways.</summary>
    public const float MaxBend = 16;

    private const float LatentRange = 1000;

    /// <summary>Inputs that every model has, but the latent.</summary>
    public static IReadOnlyList<FrameField> Fields { get; } =
    [
        new("model.truncation", 1, "", -1, 2, "How far from the model's mean styles lie: 1 as trained, 0 the mean, below 1 calmer and more typical, above 1 wilder."),
        new("model.noise", 1, "", 0, 2, "Strength of the noise in the layers: 1 as trained, 0 none. Models without noise ignore it."),
        new("model.noise_phase", 1, "turn", -1, 1, "Phase of driven noise; cyclic."),
    ];

    /// <summary>Defaults of <see cref="Fields"/>.</summary>
    public static ReadOnlySpan<float> Defaults => s_defaults;

    private static readonly float[] s_defaults = [1, 1, 0];

    /// <summary>The inputs of a model with bends, the latent first.</summary>
    internal static IReadOnlyList<FrameField> Of(int latentSize, IReadOnlyList<Bend> bends) =>
    [
        new(LatentLayout.FieldName, latentSize, "", -LatentRange, LatentRange, "W+ latent, layer by layer from the coarsest."),
        .. Fields,
        .. bends.Select(bend => new FrameField(BendPrefix + bend.Id, 1, "", -MaxBend, MaxBend, $"Amount of {bend.Operation} after layer {bend.Layer}.")),
    ];
}
