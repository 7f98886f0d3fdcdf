namespace AInimEngine.Analysis.Structure;

/// <summary>
/// Places each unit of time in a space where units of the same part lie together: the first eigenvectors of the graph's
/// normalised Laplacian, smoothed over nine units (McFee and Ellis 2014).
/// </summary>
internal static class SpectralEmbedding
{
    private const int Smooth = 9;

    /// <summary>Rows are eigenvectors, smoothest first.</summary>
    internal static float[][] Of(UnitFeatures features, int count, int dimensions)
    {
        SparseMatrix graph = RecurrenceGraph.Of(features, count);
        graph.Normalise();
        float[][] vectors = Lanczos.Largest(graph, dimensions);
        Span<float> window = stackalloc float[Smooth];
        foreach (float[] vector in vectors)
        {
            float[] rough = [.. vector];
            for (int i = 0; i < count; i++)
            {
                for (int t = 0; t < Smooth; t++)
                    window[t] = rough[Math.Clamp(i + t - Smooth / 2, 0, count - 1)];
                window.Sort();
                vector[i] = window[Smooth / 2];
            }
        }
        return vectors;
    }

    /// <summary>Points of the units by the first <paramref name="dimensions"/> vectors, each of length 1.</summary>
    internal static float[] Points(float[][] vectors, int count, int dimensions)
    {
        var points = new float[count * dimensions];
        for (int i = 0; i < count; i++)
        {
            float square = 0;
            for (int k = 0; k < dimensions; k++)
                square += vectors[k][i] * vectors[k][i];
            float scale = square > 0 ? 1 / MathF.Sqrt(square) : 0;
            for (int k = 0; k < dimensions; k++)
                points[i * dimensions + k] = vectors[k][i] * scale;
        }
        return points;
    }
}
