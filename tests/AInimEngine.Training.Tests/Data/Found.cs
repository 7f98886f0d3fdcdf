using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

/// <summary>Pixels of a set by the name of the file that they came from.</summary>
internal static class Found
{
    public static ReadOnlySpan<byte> Of(this TrainingSet set, string name)
    {
        for (int i = 0; i < set.Count; i++)
        {
            if (set.Name(i) == name)
                return set.Pixels(i);
        }
        Assert.Fail($"'{name}' is not in the set");
        return default;
    }

    /// <summary>Red, green and blue at a place.</summary>
    public static (int R, int G, int B) At(this TrainingSet set, string name, int x, int y)
    {
        ReadOnlySpan<byte> pixels = set.Of(name);
        int plane = set.Resolution * set.Resolution, i = y * set.Resolution + x;
        return (pixels[i], pixels[plane + i], pixels[2 * plane + i]);
    }

    public static void IsNear((int R, int G, int B) expected, (int R, int G, int B) actual, int tolerance, string what = "")
    {
        int difference = Math.Max(Math.Abs(expected.R - actual.R), Math.Max(Math.Abs(expected.G - actual.G), Math.Abs(expected.B - actual.B)));
        Assert.True(difference <= tolerance, $"{what}: expected {expected}, was {actual}");
    }
}
