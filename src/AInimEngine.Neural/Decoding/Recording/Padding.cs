namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>Pictures wider or taller than the model's: its square maps are continued by reflection about their outermost pixels.</summary>
internal static class Padding
{
    /// <summary>For each index of a padded axis, the index of the square one; the square lies in the middle.</summary>
    /// <param name="size">Length of the square's side.</param>
    /// <param name="padded">Length wanted.</param>
    public static long[] Reflected(int size, int padded)
    {
        var indices = new long[padded];
        int first = (padded / (size / 4) - 4) / 2 * (size / 4);
        int period = 2 * (size - 1);
        for (int i = 0; i < padded; i++)
        {
            int place = ((i - first) % period + period) % period;
            indices[i] = place < size ? place : period - place;
        }
        return indices;
    }

    /// <summary>A map [.., size, size] as [.., rows, columns]; in the current tensor scope.</summary>
    public static Tensor Reflect(Tensor map, int rows, int columns)
    {
        int size = (int)map.Size(-1);
        if (rows != size)
            map = map.IndexSelect(-2, Tensor.From(Reflected(size, rows)));
        return columns == size ? map : map.IndexSelect(-1, Tensor.From(Reflected(size, columns)));
    }
}
