namespace AInimEngine.Analysis.Structure;

/// <summary>Eigenvalues and eigenvectors of a symmetric tridiagonal matrix: implicit QR, Wilkinson's shift (Golub and Van Loan, 8.3.3).</summary>
internal static class Tridiagonal
{
    /// <summary>Leaves the eigenvalues in <paramref name="diagonal"/>; gives their unit eigenvectors in the same order.</summary>
    /// <param name="diagonal">n values.</param>
    /// <param name="off">n values, of which the last is not used: beside diagonal i and i + 1. Overwritten.</param>
    internal static double[][] Diagonalise(double[] diagonal, double[] off)
    {
        int n = diagonal.Length;
        var vectors = new double[n][];
        for (int i = 0; i < n; i++)
        {
            vectors[i] = new double[n];
            vectors[i][i] = 1;
        }
        int rounds = 0;
        for (int high = n - 1; high > 0;)
        {
            if (Small(diagonal, off, high - 1) || rounds > 60)
            {
                off[high - 1] = 0;
                high--;
                rounds = 0;
                continue;
            }
            int low = high - 1;
            while (low > 0 && !Small(diagonal, off, low - 1))
                low--;
            Step(diagonal, off, vectors, low, high);
            rounds++;
        }
        return vectors;
    }

    private static bool Small(double[] diagonal, double[] off, int i) =>
        Math.Abs(off[i]) <= 1e-14 * (Math.Abs(diagonal[i]) + Math.Abs(diagonal[i + 1]));

    /// <summary>One sweep of Givens rotations that chase the bulge from <paramref name="low"/> to <paramref name="high"/>.</summary>
    private static void Step(double[] d, double[] e, double[][] vectors, int low, int high)
    {
        double half = (d[high - 1] - d[high]) / 2, square = e[high - 1] * e[high - 1];
        double root = Math.Sqrt(half * half + square);
        double shift = d[high] - square / (half + (half < 0 ? -root : root));
        double x = d[low] - shift, z = e[low];
        for (int k = low; k < high; k++)
        {
            double r = Math.Sqrt(x * x + z * z);
            double c = r == 0 ? 1 : x / r, s = r == 0 ? 0 : z / r;
            if (k > low)
                e[k - 1] = r;
            double a = d[k], b = e[k], f = d[k + 1];
            d[k] = c * c * a + 2 * c * s * b + s * s * f;
            d[k + 1] = s * s * a - 2 * c * s * b + c * c * f;
            e[k] = (c * c - s * s) * b + c * s * (f - a);
            if (k + 1 < high)
            {
                z = s * e[k + 1];
                e[k + 1] *= c;
            }
            x = e[k];
            double[] first = vectors[k], second = vectors[k + 1];
            for (int i = 0; i < first.Length; i++)
                (first[i], second[i]) = (c * first[i] + s * second[i], c * second[i] - s * first[i]);
        }
    }
}
