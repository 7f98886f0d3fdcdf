using AInimEngine.Core.Randomness;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Tests.Measures;

/// <summary>The pyramid against its definition, pixel by pixel.</summary>
public sealed class LaplacianPyramidTests
{
    private const int Size = 64;

    [Fact]
    public void AnEvenPictureHasNoDetail()
    {
        var pyramid = new LaplacianPyramid(Size);
        Assert.Equal(3, LaplacianPyramid.LevelCount(Size));
        foreach ((int level, float expected) in ((int, float)[])[(0, 0), (1, 0), (2, 0.75f)])
        {
            pyramid.Picture.Fill(0.75f);
            Assert.All(pyramid.Detail(level).ToArray(), value => Assert.Equal(expected, value, 1e-6f));
        }
    }

    [Fact]
    public void LevelsAreWhatTheFiltersSay()
    {
        var picture = new float[3 * Size * Size];
        Philox.Normal(1, 2, picture);
        var pyramid = new LaplacianPyramid(Size);
        for (int c = 0; c < 3; c++)
        {
            double[,] finest = Plane(picture, c, Size), half = Down(finest), quarter = Down(half);
            AssertSame(Minus(finest, Up(half)), Detail(0), c);
            AssertSame(Minus(half, Up(quarter)), Detail(1), c);
            AssertSame(quarter, Detail(2), c);
        }

        ReadOnlySpan<float> Detail(int level)
        {
            picture.CopyTo(pyramid.Picture);
            return pyramid.Detail(level);
        }
    }

    private static void AssertSame(double[,] expected, ReadOnlySpan<float> level, int channel)
    {
        int size = expected.GetLength(0);
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
                Assert.Equal(expected[y, x], level[(channel * size + y) * size + x], 1e-5);
    }

    private static double[,] Plane(float[] picture, int channel, int size)
    {
        var plane = new double[size, size];
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
                plane[y, x] = picture[(channel * size + y) * size + x];
        return plane;
    }

    private static double[,] Blur(double[,] plane, double gain)
    {
        double[] filter = [1, 4, 6, 4, 1];
        int size = plane.GetLength(0);
        var result = new double[size, size];
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
                for (int v = -2; v <= 2; v++)
                    for (int u = -2; u <= 2; u++)
                        result[y, x] += gain / 256 * filter[v + 2] * filter[u + 2] * plane[Mirror(y + v, size), Mirror(x + u, size)];
        return result;
    }

    private static int Mirror(int i, int size) => i < 0 ? -i : i >= size ? 2 * size - 2 - i : i;

    private static double[,] Down(double[,] plane)
    {
        double[,] blurred = Blur(plane, 1);
        int half = plane.GetLength(0) / 2;
        var result = new double[half, half];
        for (int y = 0; y < half; y++)
            for (int x = 0; x < half; x++)
                result[y, x] = blurred[2 * y, 2 * x];
        return result;
    }

    private static double[,] Up(double[,] plane)
    {
        int size = plane.GetLength(0);
        var spread = new double[2 * size, 2 * size];
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
                spread[2 * y, 2 * x] = plane[y, x];
        return Blur(spread, 4);
    }

    private static double[,] Minus(double[,] left, double[,] right)
    {
        int size = left.GetLength(0);
        var result = new double[size, size];
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
                result[y, x] = left[y, x] - right[y, x];
        return result;
    }
}
