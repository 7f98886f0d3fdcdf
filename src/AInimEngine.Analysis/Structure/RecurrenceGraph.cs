using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Structure;

/// <summary>
/// The graph of B. McFee and D. Ellis ("Analyzing song structure with spectral clustering", ISMIR 2014): units that sound
/// alike are joined, and so are neighbours in time.
/// </summary>
internal static class RecurrenceGraph
{
    /// <summary>Units stacked into one vector: what follows counts too, so that equal chords in different tunes differ.</summary>
    internal const int Stacked = 4;

    private const int Near = 3, Smooth = 7;
    private const float HarmonyWeight = 2.0f, TimbreWeight = 0.5f;

    /// <summary>The graph of the first <paramref name="n"/> units.</summary>
    internal static SparseMatrix Of(UnitFeatures features, int n)
    {
        float[] recurrence = Smoothed(Recurrence(Vectors(features, n, out int width), n, width), n);
        float[] path = Path(features, n);

        // The balance that makes neither graph drown the other (their equation 8).
        double dot = 0, square = 0;
        for (int i = 0; i < n; i++)
        {
            double degree = VectorMath.Sum(recurrence.AsSpan(i * n, n)), steps = (i > 0 ? path[i - 1] : 0) + path[i];
            dot += steps * (steps + degree);
            square += (steps + degree) * (steps + degree);
        }
        float balance = square > 0 ? (float)(dot / square) : 0.5f;
        for (int i = 0; i < recurrence.Length; i++)
            recurrence[i] *= balance;
        for (int i = 0; i + 1 < n; i++)
        {
            recurrence[i * n + i + 1] += (1 - balance) * path[i];
            recurrence[(i + 1) * n + i] += (1 - balance) * path[i];
        }
        return SparseMatrix.Of(recurrence, n);
    }

    private static float[] Vectors(UnitFeatures features, int n, out int width)
    {
        const int Single = PitchGrid.Classes + UnitFeatures.TimbreWidth;
        width = Stacked * Single;
        var vectors = new float[n * width];
        for (int i = 0; i < n; i++)
        {
            for (int s = 0; s < Stacked; s++)
            {
                int from = Math.Clamp(i + s - 1, 0, n - 1);
                Span<float> to = vectors.AsSpan(i * width + s * Single, Single);
                for (int k = 0; k < PitchGrid.Classes; k++)
                    to[k] = HarmonyWeight * features.Chroma[from * PitchGrid.Classes + k];
                for (int k = 0; k < UnitFeatures.TimbreWidth; k++)
                    to[PitchGrid.Classes + k] = TimbreWeight * features.Timbre[from * UnitFeatures.TimbreWidth + k];
            }
        }
        return vectors;
    }

    /// <summary>exp(-d^2 / s^2) between mutual nearest neighbours that are not neighbours in time.</summary>
    private static float[] Recurrence(float[] vectors, int n, int width)
    {
        int neighbours = Math.Min(n - 1, 2 * (int)Math.Ceiling(Math.Sqrt(n)));
        var distances = new float[n * n];
        var norms = new float[n];
        for (int i = 0; i < n; i++)
            norms[i] = VectorMath.Dot(vectors.AsSpan(i * width, width), vectors.AsSpan(i * width, width));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                float d = norms[i] + norms[j] - 2 * VectorMath.Dot(vectors.AsSpan(i * width, width), vectors.AsSpan(j * width, width));
                distances[i * n + j] = distances[j * n + i] = Math.Max(0, d);
            }
        }
        var reach = new float[n];
        var sorted = new float[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                sorted[j] = Math.Abs(i - j) < Near ? float.MaxValue : distances[i * n + j];
            Array.Sort(sorted);
            reach[i] = sorted[neighbours - 1] == float.MaxValue ? 0 : sorted[neighbours - 1];
        }
        float[] scales = [.. reach.Order()];
        float scale = Math.Max(scales[n / 2], 1e-6f);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                float d = distances[i * n + j];
                bool joined = Math.Abs(i - j) >= Near && d <= Math.Min(reach[i], reach[j]);
                distances[i * n + j] = joined ? MathF.Exp(-d / scale) : 0;
            }
        }
        return distances;
    }

    /// <summary>Median along the diagonals: a repetition goes on for a while, a coincidence does not.</summary>
    private static float[] Smoothed(float[] matrix, int n)
    {
        var smooth = new float[matrix.Length];
        Span<float> window = stackalloc float[Smooth];
        for (int lag = Near; lag < n; lag++)
        {
            for (int i = 0; i + lag < n; i++)
            {
                for (int t = 0; t < Smooth; t++)
                {
                    int at = Math.Clamp(i + t - Smooth / 2, 0, n - 1 - lag);
                    window[t] = matrix[at * n + at + lag];
                }
                window.Sort();
                smooth[i * n + i + lag] = smooth[(i + lag) * n + i] = window[Smooth / 2];
            }
        }
        return smooth;
    }

    /// <summary>exp(-d^2 / median) of the timbre of each unit and the next.</summary>
    private static float[] Path(UnitFeatures features, int n)
    {
        const int Width = UnitFeatures.TimbreWidth;
        var path = new float[n];
        for (int i = 0; i + 1 < n; i++)
        {
            for (int k = 0; k < Width; k++)
            {
                float d = features.Timbre[i * Width + k] - features.Timbre[(i + 1) * Width + k];
                path[i] += d * d;
            }
        }
        float[] sorted = [.. path.Take(Math.Max(1, n - 1)).Order()];
        float median = Math.Max(sorted[sorted.Length / 2], 1e-6f);
        for (int i = 0; i + 1 < n; i++)
            path[i] = MathF.Exp(-path[i] / median);
        path[n - 1] = 0;
        return path;
    }
}
