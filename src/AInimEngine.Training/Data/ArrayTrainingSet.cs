using System.Security.Cryptography;

namespace AInimEngine.Training.Data;

/// <summary>A training set in managed memory: for tests and benchmarks.</summary>
public sealed class ArrayTrainingSet : TrainingSet
{
    private readonly byte[] _pixels;
    private readonly int[] _labels;

    /// <summary>Wraps pixels.</summary>
    /// <param name="pixels">[N, 3, R, R].</param>
    /// <param name="resolution">R.</param>
    /// <param name="labels">Class of each, or null.</param>
    /// <param name="classNames">Names of the classes, or null.</param>
    public ArrayTrainingSet(byte[] pixels, int resolution, int[]? labels = null, IReadOnlyList<string>? classNames = null)
    {
        _pixels = pixels;
        _labels = labels ?? [];
        Resolution = resolution;
        ClassNames = classNames ?? [];
        Hash = Convert.ToHexStringLower(SHA256.HashData(pixels));
    }

    /// <inheritdoc/>
    public override int Count => _pixels.Length / (3 * Resolution * Resolution);

    /// <inheritdoc/>
    public override int Resolution { get; }

    /// <inheritdoc/>
    public override string Hash { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Labels => _labels;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Pixels(int index) => _pixels.AsSpan(index * 3 * Resolution * Resolution, 3 * Resolution * Resolution);
}
