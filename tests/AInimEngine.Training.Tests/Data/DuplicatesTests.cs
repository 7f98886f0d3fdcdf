using AInimEngine.Training.Data;
using AInimEngine.Training.Data.Sorting;
using AInimEngine.Training.Data.Sources;

namespace AInimEngine.Training.Tests.Data;

public sealed class DuplicatesTests
{
    [Fact]
    public void TooManyPicturesAreOnlyComparedForEquality()
    {
        var pixels = new byte[3 * 16 * 16];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % 16 * 15);
        LoadedPicture One(string name, ulong hash) => new() { Name = name, Hash = hash, Likeness = Likeness.Of(pixels, 16) };
        LoadedPicture[] pictures = [One("a", 1), One("b", 2), One("c", 1)];
        (int[] same, int[] near) = Duplicates.Find(pictures);
        Assert.Equal([-1, -1, 0], same);
        Assert.Equal([-1, 0, -1], near);
        (same, near) = Duplicates.Find(pictures, most: 2);
        Assert.Equal([-1, -1, 0], same);
        Assert.Equal([-1, -1, -1], near);
    }

    [Fact]
    public void ThatLikenessWasNotLookedForIsSaid()
    {
        var report = new DataReport { Found = 30_001, Used = 30_000, SmallestSide = 64, MedianSide = 64 };
        var settings = new DataSettings("pictures", 64);
        Assert.Empty(DataWarnings.Of(report, settings, []));
        Assert.Equal(
            ["30001 files are too many to look for pictures that are almost alike: only equal ones were left out."],
            DataWarnings.Of(report with { IsCompared = false }, settings, []));
    }
}
