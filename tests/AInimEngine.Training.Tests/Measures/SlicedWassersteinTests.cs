using AInimEngine.Core.Randomness;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Tests.Measures;

/// <summary>The distance of sets of pictures.</summary>
public sealed class SlicedWassersteinTests
{
    private const int Size = 32;

    [Fact]
    public void TheSamePicturesAreNoDistanceApart()
    {
        PictureStack pictures = Blobs.Stack(40, Size, 1);
        IReadOnlyList<double> distance = new SlicedWasserstein(Size, 1).Distance(pictures, Blobs.Stack(40, Size, 1));
        Assert.Equal([0.0, 0.0], distance);
    }

    [Fact]
    public void FreshPicturesOfOneKindAreAsFarApartAsTheHalvesOfASetAndOthersFarther()
    {
        var sliced = new SlicedWasserstein(Size, 1);
        PictureStack reals = Blobs.Stack(200, Size, 1);
        double floor = sliced.Distance(reals.Every(0, 2), reals.Every(1, 2)).Average();
        Assert.InRange(sliced.Distance(reals, Blobs.Stack(200, Size, 2)).Average() / floor, 0.4, 1.3);
        Assert.True(sliced.Distance(reals, Blobs.Stack(200, Size, 2, size: 0.05f)).Average() > 3 * floor);
    }

    [Fact]
    public void TheSameSeedGivesTheSameNumbersAndAnotherOneOthers()
    {
        PictureStack left = Blobs.Stack(30, Size, 1), right = Blobs.Stack(20, Size, 2);
        IReadOnlyList<double> first = new SlicedWasserstein(Size, 5).Distance(left, right);
        Assert.Equal(first, new SlicedWasserstein(Size, 5).Distance(left, right));
        Assert.NotEqual(first, new SlicedWasserstein(Size, 6).Distance(left, right));
    }

    [Fact]
    public void BrightnessAndContrastOfAWholeSetDoNotCount()
    {
        // Descriptors are normalised over each set: what is compared is structure.
        var picture = new float[3 * Size * Size];
        var left = new PictureStack(Size);
        var right = new PictureStack(Size);
        for (ulong i = 0; i < 30; i++)
        {
            Philox.Uniform(1, i, picture);
            left.Add(picture);
            right.Add([.. picture.Select(value => 0.5f * value - 0.2f)]);
        }
        Assert.All(new SlicedWasserstein(Size, 1).Distance(left, right), distance => Assert.InRange(distance, 0, 5));
    }

    [Fact]
    public void PicturesOfAnotherSizeAreRefused() =>
        Assert.Throws<ArgumentException>(() => new SlicedWasserstein(64, 1).Distance(Blobs.Stack(2, Size, 1), Blobs.Stack(2, Size, 1)));
}
