using AInimEngine.Analysis.Structure;

namespace AInimEngine.Analysis.Tests;

public sealed class EigenTests
{
    [Fact]
    public void TheVibratingStringHasItsKnownEigenvalues()
    {
        const int N = 40;
        double[] diagonal = [.. Enumerable.Repeat(2.0, N)], off = [.. Enumerable.Repeat(-1.0, N)];
        double[][] vectors = Tridiagonal.Diagonalise(diagonal, off);
        double[] found = [.. diagonal.Order()];
        for (int k = 0; k < N; k++)
            Assert.Equal(2 - 2 * Math.Cos(Math.PI * (k + 1) / (N + 1)), found[k], 10);
        for (int k = 0; k < N; k++)
        {
            double[] v = vectors[k];
            Assert.Equal(1, v.Sum(x => x * x), 10);
            for (int i = 0; i < N; i++)
            {
                double product = 2 * v[i] - (i > 0 ? v[i - 1] : 0) - (i + 1 < N ? v[i + 1] : 0);
                Assert.Equal(diagonal[k] * v[i], product, 9);
            }
        }
    }

    [Fact]
    public void LanczosFindsTheBlocksOfAGraph()
    {
        // Three cliques of 20, each joined to the next by one weak edge.
        const int N = 60;
        var dense = new float[N * N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
                dense[i * N + j] = i != j && i / 20 == j / 20 ? 1 : 0;
        }
        foreach (int i in (int[])[19, 39])
            dense[i * N + i + 1] = dense[(i + 1) * N + i] = 0.1f;
        SparseMatrix graph = SparseMatrix.Of(dense, N);
        graph.Normalise();
        float[][] vectors = Lanczos.Largest(graph, 3);
        int[] labels = Clusters.Of(SpectralEmbedding.Points(vectors, N, 3), N, 3, 3);
        Assert.Equal(3, labels.Distinct().Count());
        for (int i = 0; i < N; i++)
            Assert.Equal(labels[i / 20 * 20], labels[i]);
        foreach (float[] v in vectors)
        {
            var product = new float[N];
            graph.Multiply(v, product);
            double value = v.Zip(product, (a, b) => (double)a * b).Sum();
            Assert.True(v.Zip(product, (a, b) => Math.Abs(b - value * a)).Max() < 1e-4);
        }
    }
}
