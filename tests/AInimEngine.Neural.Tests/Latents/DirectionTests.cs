using System.Runtime.InteropServices;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Tests.Networks;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Directions of w: planted ones are found, and measured as what they are.</summary>
public sealed class DirectionTests : NativeTensorTest
{
    private const int Width = 8;

    [Fact]
    public void SeFaFindsTheDirectionThatAStyleMatrixEnlarges()
    {
        // Every row of one layer's matrix looks the same way, and the other layer's rows another way.
        float[] first = Unit(1), second = Unit(2);
        Model model = Planted((name, rows) => name.Contains("b8", StringComparison.Ordinal) ? Rows(first, rows) : name.Contains("b16", StringComparison.Ordinal) ? Rows(second, rows) : null);
        using StyleNetwork network = StyleNetwork.Create(model);
        LatentDirection found = SeFa.Find(network, new LatentGroup("mid", 3, 2), 3)[0];
        Assert.Equal(1, Math.Abs(Dot(found.Vector, second)), 1e-4);
        Assert.Equal(1, Math.Abs(Dot(SeFa.Find(network, new LatentGroup("coarse", 1, 2), 1)[0].Vector, first)), 1e-4);
        Assert.Equal("mid-1", found.Name);
    }

    [Fact]
    public void GanSpaceFindsAxesAndDeviationsOfKnownW()
    {
        var statistics = new LatentStatistics(new float[Width], Diagonal(9, 1, 4, 0.25f, 1, 1, 1, 1));
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(ModelArchitecture.Sm), 1));
        IReadOnlyList<LatentDirection> found = GanSpace.Find(network, statistics, new LatentGroup("coarse", 0, 3), 2);
        Assert.Equal((3.0, 2.0), (Math.Round(found[0].Strength, 5), Math.Round(found[1].Strength, 5)));
        Assert.Equal(1, found[0].Vector[0], 1e-5f);
        Assert.Equal(1, found[1].Vector[2], 1e-5f);
    }

    [Fact]
    public void CovarianceOfWIsThatOfItsSamples()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        using StyleNetwork network = StyleNetwork.Create(TestModels.Filled(TestModels.Card(ModelArchitecture.Sg2), 2));
        const int samples = 4000;
        LatentStatistics statistics = LatentStatistics.Measure(network, samples, 5);
        var values = new float[samples * Width];
        Philox.Normal(5, 0, values.AsSpan(0, 2500 * Width));
        Philox.Normal(5, 1, values.AsSpan(2500 * Width));
        float[] w = network.Map(Tensor.From(values, samples, Width)).ToArray<float>();
        for (int i = 0; i < Width; i++)
        {
            double mean = Enumerable.Range(0, samples).Average(n => (double)w[n * Width + i]);
            Assert.Equal(mean, statistics.Mean[i], 1e-3);
            for (int j = 0; j < Width; j++)
            {
                double other = Enumerable.Range(0, samples).Average(n => (double)w[n * Width + j]);
                double expected = Enumerable.Range(0, samples).Sum(n => (w[n * Width + i] - mean) * (w[n * Width + j] - other)) / (samples - 1);
                Assert.Equal(expected, statistics.Covariance[i * Width + j], 1e-3);
            }
        }
    }

    [Fact]
    public void RankingPutsWhatChangesThePictureFirst()
    {
        // Layer 1's styles hear only one direction of w: the others do nothing.
        using var scope = new TensorScope();
        float[] heard = Unit(3), unheard = Perpendicular(Unit(4), heard);
        using StyleNetwork network = StyleNetwork.Create(Planted((name, rows) => name.Contains("b8.norm0", StringComparison.Ordinal) ? Rows(heard, rows) : null));
        LatentDirection[] given = [new("x-1", 1, 1, unheard, 0), new("x-2", 1, 1, heard, 0)];
        IReadOnlyList<LatentDirection> ranked = DirectionRanking.Rank(ws => network.Synthesize(ws), given, network.Broadcast(network.SeedZ(1, 2)), 0.1);
        Assert.Equal(heard, ranked[0].Vector);
        Assert.Equal("x-1", ranked[0].Name);
        Assert.InRange(ranked[1].ImageChange, 0, 1e-4 * ranked[0].ImageChange);
    }

    private static Model Planted(Func<string, int, float[]?> plant)
    {
        Model model = TestModels.Filled(TestModels.Card(ModelArchitecture.Sm), 3);
        return new Model(model.Card, model.Arrays.Select(array =>
            array.Name.EndsWith("affine.weight", StringComparison.Ordinal) && plant(array.Name, (int)array.Shape[0]) is { } values
                ? array with { Data = MemoryMarshal.AsBytes<float>(values).ToArray() }
                : array));
    }

    private static float[] Rows(float[] direction, int rows)
    {
        var scale = new float[rows];
        Philox.Normal(11, 0, scale);
        return [.. scale.SelectMany(s => direction.Select(v => v * s))];
    }

    private static float[] Unit(ulong seed)
    {
        var values = new float[Width];
        Philox.Normal(seed, 77, values);
        return Normalised(values);
    }

    private static float[] Perpendicular(float[] vector, float[] to)
    {
        double along = Dot(vector, to);
        return Normalised([.. vector.Select((v, i) => (float)(v - along * to[i]))]);
    }

    private static float[] Normalised(float[] vector)
    {
        double length = Math.Sqrt(Dot(vector, vector));
        return [.. vector.Select(v => (float)(v / length))];
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static float[] Diagonal(params float[] values)
    {
        var matrix = new float[values.Length * values.Length];
        for (int i = 0; i < values.Length; i++)
            matrix[i * values.Length + i] = values[i];
        return matrix;
    }
}
