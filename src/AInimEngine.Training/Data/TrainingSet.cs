namespace AInimEngine.Training.Data;

/// <summary>
/// The pictures to learn from, all of one size, 8 bits a channel, in a file that is mapped rather than read: [N, 3, R, R].
/// Any thread.
/// </summary>
public abstract class TrainingSet : IDisposable
{
    /// <summary>How many pictures.</summary>
    public abstract int Count { get; }

    /// <summary>Width and height, pixels.</summary>
    public abstract int Resolution { get; }

    /// <summary>SHA-256 over pixels and labels, hexadecimal: which data a model was made from.</summary>
    public abstract string Hash { get; }

    /// <summary>Names of the classes in order; empty if the pictures have none.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>Class of every picture; empty if they have none.</summary>
    public abstract ReadOnlySpan<int> Labels { get; }

    /// <summary>Where a picture came from: a path below the folder, or a film's time.</summary>
    /// <param name="index">Which, from 0.</param>
    public virtual string Name(int index) => $"picture {index}";

    /// <summary>Pixels of a picture, [3, R, R], 0..255.</summary>
    /// <param name="index">Which, from 0.</param>
    public abstract ReadOnlySpan<byte> Pixels(int index);

    /// <summary>A picture as networks see it, [3, R, R], -1..1 (v / 127.5 - 1).</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="mirror">Left becomes right.</param>
    /// <param name="target">3 R R values.</param>
    public void CopyTo(int index, bool mirror, Span<float> target)
    {
        ReadOnlySpan<byte> pixels = Pixels(index);
        for (int i = 0; i < pixels.Length; i++)
            target[i] = pixels[i] / 127.5f - 1;
        if (!mirror)
            return;
        for (int row = 0; row < 3 * Resolution; row++)
            target.Slice(row * Resolution, Resolution).Reverse();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go what it owns.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
