namespace AInimEngine.Analysis.Ranges;

/// <summary>The range of one feature in a track, on the feature's scale.</summary>
/// <param name="Name">Name of the feature.</param>
/// <param name="Low">What becomes 0, for each float of the feature.</param>
/// <param name="High">What becomes 1.</param>
public sealed record FeatureRange(string Name, IReadOnlyList<float> Low, IReadOnlyList<float> High);
