using AInimEngine.Training.Data;

namespace AInimEngine.Training.Measures;

/// <summary>Pictures as points: 16x16 of them, each the mean of a block of pixels, -1..1, [3, 16, 16].</summary>
internal static class Thumbnails
{
    private const int Largest = 16;

    /// <summary>The points of a stack.</summary>
    /// <param name="stack">N pictures.</param>
    /// <param name="mirror">Left becomes right.</param>
    public static FeatureTable Of(PictureStack stack, bool mirror = false)
    {
        float[] memory = [];
        return Of(stack, mirror, ref memory);
    }

    /// <summary>The points of a stack, in memory that is used again.</summary>
    /// <param name="stack">N pictures.</param>
    /// <param name="mirror">Left becomes right.</param>
    /// <param name="memory">Enlarged where it is too small.</param>
    public static FeatureTable Of(PictureStack stack, bool mirror, ref float[] memory) => Of(stack.Count, stack.Resolution, stack.Pixels, mirror, ref memory);

    /// <summary>The points of a training set.</summary>
    /// <param name="set">N pictures.</param>
    /// <param name="mirror">Left becomes right.</param>
    public static FeatureTable Of(TrainingSet set, bool mirror = false)
    {
        float[] memory = [];
        return Of(set.Count, set.Resolution, set.Pixels, mirror, ref memory);
    }

    private static FeatureTable Of(int count, int resolution, Func<int, ReadOnlySpan<byte>> pixels, bool mirror, ref float[] memory)
    {
        int factor = Math.Max(1, resolution / Largest), size = resolution / factor;
        int length = 3 * size * size;
        if (memory.Length < count * length)
            memory = new float[count * length];
        for (int i = 0; i < count; i++)
            Shrink(pixels(i), resolution, factor, mirror, memory.AsSpan(i * length, length));
        return new FeatureTable(memory.AsMemory(0, count * length), length);
    }

    private static void Shrink(ReadOnlySpan<byte> pixels, int resolution, int factor, bool mirror, Span<float> target)
    {
        int size = resolution / factor;
        float scale = 1 / (127.5f * factor * factor);
        for (int y = 0, at = 0; y < 3 * size; y++)
        {
            for (int x = 0; x < size; x++, at++)
            {
                int sum = 0, column = (mirror ? size - 1 - x : x) * factor;
                for (int row = 0; row < factor; row++)
                {
                    foreach (byte value in pixels.Slice((y * factor + row) * resolution + column, factor))
                        sum += value;
                }
                target[at] = sum * scale - 1;
            }
        }
    }
}
