using AInimEngine.Analysis.Harmony;

namespace AInimEngine.Analysis.Structure;

/// <summary>
/// How much the sound after each edge between units differs from that before it (J. Foote, "Automatic audio segmentation
/// using a measure of audio novelty", ICME 2000).
/// </summary>
/// <remarks>
/// With the dot product as similarity, Foote's checkerboard kernel with a Gaussian taper sums to the squared distance of
/// the tapered means before and after the edge. Computed so it costs n w, not n w^2, and three hours are no trouble.
/// </remarks>
internal static class NoveltyCurve
{
    /// <summary>Weight of harmony against timbre.</summary>
    private const float HarmonyWeight = 1.5f;

    /// <summary>Novelty at each edge, one more than there are units; 0 at both ends of the track.</summary>
    /// <param name="features">Of the units.</param>
    /// <param name="count">Number of units.</param>
    /// <param name="reach">Units on each side, tapered to a ninth at the far end.</param>
    internal static float[] Of(UnitFeatures features, int count, int reach)
    {
        var novelty = new float[count + 1];
        var taper = new float[reach];
        for (int i = 0; i < reach; i++)
            taper[i] = MathF.Exp(-2.2f * (i + 0.5f) * (i + 0.5f) / (reach * reach));
        for (int edge = 1; edge < count; edge++)
        {
            float timbre = Distance(features.Timbre, UnitFeatures.TimbreWidth, edge, count, taper);
            float chroma = Distance(features.Chroma, PitchGrid.Classes, edge, count, taper);

            // Near the ends there is little to compare with.
            int side = Math.Min(Math.Min(edge, count - edge), reach);
            float trust = Math.Min(1, side / (0.25f * reach));
            novelty[edge] = trust * (MathF.Sqrt(timbre / UnitFeatures.TimbreWidth) + HarmonyWeight * MathF.Sqrt(chroma));
        }
        return novelty;
    }

    /// <summary>Squared distance of the tapered means on both sides of an edge.</summary>
    private static float Distance(float[] vectors, int width, int edge, int count, float[] taper)
    {
        Span<float> before = stackalloc float[width], after = stackalloc float[width];
        before.Clear();
        after.Clear();
        Mean(vectors, width, edge - 1, -1, Math.Min(edge, taper.Length), taper, before);
        Mean(vectors, width, edge, 1, Math.Min(count - edge, taper.Length), taper, after);
        float square = 0;
        for (int k = 0; k < width; k++)
            square += (before[k] - after[k]) * (before[k] - after[k]);
        return square;
    }

    private static void Mean(float[] vectors, int width, int first, int step, int length, float[] taper, Span<float> mean)
    {
        float weights = 0;
        for (int i = 0; i < length; i++)
        {
            ReadOnlySpan<float> vector = vectors.AsSpan((first + i * step) * width, width);
            for (int k = 0; k < width; k++)
                mean[k] += taper[i] * vector[k];
            weights += taper[i];
        }
        for (int k = 0; k < width; k++)
            mean[k] /= weights;
    }
}
