namespace AInimEngine.Training.Measures;

/// <summary>A generated picture and the training picture that it is nearest to.</summary>
/// <param name="Generated">Index of the generated one.</param>
/// <param name="Training">Index in the training set.</param>
/// <param name="Mirrored">Whether the training picture is nearer when mirrored.</param>
/// <param name="Ratio">Their distance over that of the training picture to its own nearest neighbour: 0 a copy, about 1 as apart as training pictures are.</param>
public readonly record struct Neighbour(int Generated, int Training, bool Mirrored, double Ratio);
