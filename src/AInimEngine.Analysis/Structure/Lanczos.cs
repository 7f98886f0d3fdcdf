using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Structure;

/// <summary>
/// Eigenvectors of the largest eigenvalues of a sparse symmetric matrix: Lanczos' method with full reorthogonalisation,
/// and implicit QR with Wilkinson's shift on the tridiagonal matrix that is left (Golub and Van Loan, "Matrix
/// Computations", 8.3 and 10.1). A dense method would take a minute at 2,000 beats; this takes a tenth of a second.
/// </summary>
internal static class Lanczos
{
    private const int MostSteps = 160;

    /// <summary>Rows of the result are unit eigenvectors, largest eigenvalue first; fewer where the matrix is small.</summary>
    internal static float[][] Largest(SparseMatrix matrix, int wanted)
    {
        int n = matrix.Size, steps = Math.Min(n, MostSteps);
        var basis = new List<float[]>(steps);
        var diagonal = new List<double>(steps);
        var off = new List<double>(steps);
        float[] v = Start(n);
        for (int step = 0; step < steps; step++)
        {
            basis.Add(v);
            var w = new float[n];
            matrix.Multiply(v, w);
            diagonal.Add(VectorMath.Dot(v, w));
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (float[] q in basis)
                    Subtract(w, q, VectorMath.Dot(w, q));
            }
            double length = Math.Sqrt(VectorMath.Dot(w, w));
            if (length < 1e-6)
                break;
            off.Add(length);
            for (int i = 0; i < n; i++)
                w[i] = (float)(w[i] / length);
            v = w;
        }
        return Rotate(basis, diagonal, off, Math.Min(wanted, basis.Count));
    }

    /// <summary>A start with something of every eigenvector in it: the fractional parts of multiples of the golden ratio.</summary>
    private static float[] Start(int n)
    {
        var v = new float[n];
        for (int i = 0; i < n; i++)
            v[i] = (float)(i * 0.6180339887498949 % 1 + 0.1);
        float length = MathF.Sqrt(VectorMath.Dot(v, v));
        for (int i = 0; i < n; i++)
            v[i] /= length;
        return v;
    }

    private static void Subtract(float[] from, float[] vector, float times)
    {
        for (int i = 0; i < from.Length; i++)
            from[i] -= times * vector[i];
    }

    private static float[][] Rotate(List<float[]> basis, List<double> diagonal, List<double> off, int wanted)
    {
        int m = basis.Count, n = basis[0].Length;
        double[] d = [.. diagonal];
        var e = new double[m];
        for (int i = 0; i + 1 < m; i++)
            e[i] = off[i];
        double[][] z = Tridiagonal.Diagonalise(d, e);
        int[] order = [.. Enumerable.Range(0, m).OrderByDescending(i => d[i])];
        var vectors = new float[wanted][];
        for (int k = 0; k < wanted; k++)
        {
            vectors[k] = new float[n];
            for (int j = 0; j < m; j++)
                Subtract(vectors[k], basis[j], (float)-z[order[k]][j]);
        }
        return vectors;
    }
}
