namespace AInimEngine.Analysis.Features;

/// <summary>The scale on which a feature is normalised, chosen so that equal steps are seen as equal.</summary>
public enum FeatureScale
{
    /// <summary>As it is.</summary>
    Linear,

    /// <summary>Amplitude to the power 0.6, which is how loudness grows (Stevens, "The measurement of loudness", JASA 27, 1955).</summary>
    Loudness,

    /// <summary>Octaves above 1 Hz.</summary>
    Octaves,
}
