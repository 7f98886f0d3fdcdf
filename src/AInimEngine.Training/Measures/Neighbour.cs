namespace AInimEngine.Training.Measures;

/// <summary>A generated picture and the training picture that it is nearest to.</summary>
/// <param name="Generated">Index of the generated one.</param>
/// <param name="Training">Index in the training set.</param>
/// <param name="Mirrored">Whether the training picture is nearer when mirrored.</param>
/// <param name="Ratio">Their distance over the median of those to the ten training pictures that are next nearest: 0 a copy, near 1 no nearer to this one than to others.</param>
public readonly record struct Neighbour(int Generated, int Training, bool Mirrored, double Ratio);
