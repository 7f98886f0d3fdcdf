using System.Numerics.Tensors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Pictures that are measured, 8 bits a channel as they would be seen, [N, 3, R, R] in one array. One thread at a time.
/// </summary>
public sealed class PictureStack
{
    private byte[] _pixels;

    /// <summary>An empty stack.</summary>
    /// <param name="resolution">Width and height, a power of two, at least 16.</param>
    /// <param name="capacity">Pictures that it has room for at first.</param>
    public PictureStack(int resolution, int capacity = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 16);
        Resolution = resolution;
        _pixels = new byte[(long)capacity * Size];
    }

    /// <summary>How many pictures.</summary>
    public int Count { get; private set; }

    /// <summary>Width and height, pixels.</summary>
    public int Resolution { get; }

    private int Size => 3 * Resolution * Resolution;

    /// <summary>A stack of generated pictures.</summary>
    /// <param name="pictures">[N, 3, R, R], -1..1; what lies outside is cut.</param>
    /// <param name="resolution">R.</param>
    public static PictureStack Of(ReadOnlySpan<float> pictures, int resolution)
    {
        var stack = new PictureStack(resolution, pictures.Length / (3 * resolution * resolution));
        stack.Add(pictures);
        return stack;
    }

    /// <summary>Pictures of a training set, evenly spread over it.</summary>
    /// <param name="set">Which set.</param>
    /// <param name="most">How many at most.</param>
    public static PictureStack Of(TrainingSet set, int most = int.MaxValue)
    {
        int count = Math.Min(set.Count, most);
        var stack = new PictureStack(set.Resolution, count);
        for (int i = 0; i < count; i++)
            stack.Add(set.Pixels((int)((long)i * set.Count / count)));
        return stack;
    }

    /// <summary>Adds generated pictures.</summary>
    /// <param name="pictures">[N, 3, R, R], -1..1; what lies outside is cut, NaN becomes black.</param>
    public void Add(ReadOnlySpan<float> pictures)
    {
        Span<byte> target = Grow(pictures.Length);
        for (int i = 0; i < pictures.Length; i++)
        {
            float value = pictures[i] * 127.5f + 127.5f;
            target[i] = value > 0 ? (byte)(Math.Min(value, 255) + 0.5f) : (byte)0;
        }
    }

    /// <summary>Adds pictures as they are stored.</summary>
    /// <param name="pictures">[N, 3, R, R], 0..255.</param>
    public void Add(ReadOnlySpan<byte> pictures) => pictures.CopyTo(Grow(pictures.Length));

    /// <summary>Takes all pictures away; the memory stays for the next.</summary>
    public void Clear() => Count = 0;

    /// <summary>Pixels of a picture, [3, R, R], 0..255. Valid until the next is added.</summary>
    /// <param name="index">Which, from 0.</param>
    public ReadOnlySpan<byte> Pixels(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _pixels.AsSpan(index * Size, Size);
    }

    /// <summary>A picture, [3, R, R], -1..1.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="target">3 R R values.</param>
    public void CopyTo(int index, Span<float> target)
    {
        ReadOnlySpan<byte> pixels = Pixels(index);
        target = target[..Size];
        TensorPrimitives.ConvertTruncating(pixels, target);
        TensorPrimitives.Multiply(target, 1 / 127.5f, target);
        TensorPrimitives.Subtract(target, 1, target);
    }

    /// <summary>Part of the stack.</summary>
    /// <param name="first">Its first picture.</param>
    /// <param name="step">From each picture of it to the next.</param>
    public PictureStack Every(int first, int step)
    {
        var part = new PictureStack(Resolution, (Count - first + step - 1) / step);
        for (int i = first; i < Count; i += step)
            part.Add(Pixels(i));
        return part;
    }

    private Span<byte> Grow(int values)
    {
        if (values % Size != 0)
            throw new ArgumentException($"{values} values are no whole pictures of [3, {Resolution}, {Resolution}]");
        int start = Count * Size, end = checked(start + values);
        if (end > _pixels.Length)
            Array.Resize(ref _pixels, (int)Math.Min(Math.Max(end, _pixels.Length * 2L), Array.MaxLength));
        Count = end / Size;
        return _pixels.AsSpan(start, values);
    }
}
