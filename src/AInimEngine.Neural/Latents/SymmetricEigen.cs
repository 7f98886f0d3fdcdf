namespace AInimEngine.Neural.Latents;

/// <summary>Eigenvectors of symmetric matrices.</summary>
internal static class SymmetricEigen
{
    private static readonly TorchOp s_eigh = TorchOp.Parse("aten::linalg_eigh");

    /// <summary>The largest eigenvalues and their unit vectors, descending; the largest component of each is positive.</summary>
    /// <param name="matrix">[n, n], symmetric.</param>
    /// <param name="count">How many.</param>
    public static (double[] Values, float[][] Vectors) Largest(Tensor matrix, int count)
    {
        using var scope = new TensorScope();
        Tensor[] solved = s_eigh.CallAll(matrix.To(Device.Cpu, ScalarType.Float64));
        double[] ascending = solved[0].ToArray<double>();
        double[] columns = solved[1].T().Contiguous().ToArray<double>();
        int n = ascending.Length;
        var values = new double[count];
        var vectors = new float[count][];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> column = columns.AsSpan((n - 1 - i) * n, n);
            double largest = 0;
            foreach (double value in column)
                if (Math.Abs(value) > Math.Abs(largest))
                    largest = value;
            values[i] = ascending[n - 1 - i];
            vectors[i] = new float[n];
            for (int j = 0; j < n; j++)
                vectors[i][j] = (float)(largest < 0 ? -column[j] : column[j]);
        }
        return (values, vectors);
    }
}
