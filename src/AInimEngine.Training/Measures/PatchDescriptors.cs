using System.Numerics.Tensors;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Neighbourhoods of 7x7 pixels of one pyramid level, drawn at random, colour channels normalised over all of them to mean 0
/// and deviation 1 (Karras et al. 2018, section 5).
/// </summary>
internal static class PatchDescriptors
{
    /// <summary>Values of a descriptor: three channels of 7x7.</summary>
    public const int Length = 3 * PatchSize * PatchSize;

    private const int PatchSize = 7, ChannelLength = PatchSize * PatchSize;

    /// <summary>Takes the descriptors of all pictures of a stack.</summary>
    /// <param name="stack">N pictures.</param>
    /// <param name="level">Of the pyramid, 0 the finest.</param>
    /// <param name="perPicture">How many of each.</param>
    /// <param name="seed">Where they are taken; the same in the n-th picture of any stack.</param>
    /// <param name="pyramid">Of the stack's resolution; written over.</param>
    /// <param name="buffer">Enlarged where it is too small.</param>
    /// <returns>[N * perPicture, <see cref="Length"/>], in the buffer, normalised.</returns>
    public static Memory<float> Take(PictureStack stack, int level, int perPicture, ulong seed, LaplacianPyramid pyramid, ref float[] buffer)
    {
        int count = checked(stack.Count * perPicture * Length);
        if (buffer.Length < count)
            buffer = new float[count];
        Span<float> all = buffer.AsSpan(0, count);
        int size = stack.Resolution >> level;
        for (int picture = 0, at = 0; picture < stack.Count; picture++)
        {
            stack.CopyTo(picture, pyramid.Picture);
            ReadOnlySpan<float> planes = pyramid.Detail(level);
            for (int i = 0; i < perPicture; i++, at += Length)
            {
                (uint x, uint y, _, _) = Philox.Block(seed, (ulong)level, (ulong)((long)picture * perPicture + i));
                Copy(planes, size, Below(x, size - PatchSize + 1), Below(y, size - PatchSize + 1), all.Slice(at, Length));
            }
        }
        for (int c = 0; c < 3; c++)
            Normalise(all, c * ChannelLength);
        return buffer.AsMemory(0, count);
    }

    // A whole number in 0..count-1 from 32 random bits.
    private static int Below(uint random, int count) => (int)((ulong)random * (uint)count >> 32);

    private static void Copy(ReadOnlySpan<float> planes, int size, int x, int y, Span<float> target)
    {
        for (int c = 0, at = 0; c < 3; c++)
        {
            for (int row = 0; row < PatchSize; row++, at += PatchSize)
                planes.Slice((c * size + y + row) * size + x, PatchSize).CopyTo(target.Slice(at, PatchSize));
        }
    }

    private static void Normalise(Span<float> descriptors, int channel)
    {
        double sum = 0, squares = 0;
        long count = descriptors.Length / Length * (long)ChannelLength;
        for (int at = channel; at < descriptors.Length; at += Length)
            sum += TensorPrimitives.Sum<float>(descriptors.Slice(at, ChannelLength));
        float mean = (float)(sum / count);
        for (int at = channel; at < descriptors.Length; at += Length)
        {
            Span<float> part = descriptors.Slice(at, ChannelLength);
            TensorPrimitives.Subtract(part, mean, part);
            squares += TensorPrimitives.SumOfSquares<float>(part);
        }
        // A level without any detail stays zero.
        float scale = squares > 0 ? (float)Math.Sqrt(count / squares) : 0;
        for (int at = channel; at < descriptors.Length; at += Length)
            TensorPrimitives.Multiply(descriptors.Slice(at, ChannelLength), scale, descriptors.Slice(at, ChannelLength));
    }
}
