namespace AInimEngine.Neural;

/// <summary>What a fused convolution does around its 3x3 (or, with zeros, 1x1) products; sides stay, double or halve.</summary>
public enum ConvolutionForm
{
    /// <summary>Zeros around the picture.</summary>
    Zeros = 0,

    /// <summary>Edge pixels repeated around the picture.</summary>
    Replicated = 1,

    /// <summary>The picture is doubled bilinearly first (align_corners false), then its edge pixels repeated.</summary>
    Doubled = 2,

    /// <summary>Zeros around the picture, and the mean of every 2x2 results.</summary>
    Halved = 3,
}
