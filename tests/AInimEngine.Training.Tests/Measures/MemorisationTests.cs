using AInimEngine.Training.Data;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Tests.Measures;

/// <summary>Copies are found, and what is only alike is not called one.</summary>
public sealed class MemorisationTests
{
    private const int Size = 32, Pixels = 3 * Size * Size;

    [Fact]
    public void CopiesHaveRatioZeroAndNameTheirOriginals()
    {
        ArrayTrainingSet set = Blobs.Set(50, Size, 1);
        MemorisationResult result = new Memorisation(set).Measure(PictureStack.Of(set, 10));
        Assert.Equal(0, result.Ratio, 1e-6);
        Assert.Equal(1, result.CopiedShare);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 5 * i), result.Nearest.OrderBy(pair => pair.Generated).Select(pair => pair.Training));
    }

    [Fact]
    public void MirroredCopiesAreCopies()
    {
        ArrayTrainingSet set = Blobs.Set(50, Size, 1);
        var mirrored = new PictureStack(Size);
        var picture = new float[Pixels];
        for (int i = 0; i < 10; i++)
        {
            set.CopyTo(i, mirror: true, picture);
            mirrored.Add(picture);
        }
        MemorisationResult result = new Memorisation(set).Measure(mirrored);
        Assert.Equal(0, result.Ratio, 1e-6);
        Assert.All(result.Nearest, pair => Assert.Equal((pair.Generated, true), (pair.Training, pair.Mirrored)));
    }

    [Fact]
    public void NoisyCopiesAreFoundAmongFreshPicturesAndComeFirst()
    {
        ArrayTrainingSet set = Blobs.Set(200, Size, 1);
        PictureStack generated = Blobs.Stack(60, Size, 2);
        byte[] copy = [.. set.Pixels(7).ToArray().Select((value, i) => (byte)Math.Min(255, value + i * 7 % 5))];
        generated.Add(copy);
        MemorisationResult result = new Memorisation(set).Measure(generated);
        Assert.Equal((60, 7, false), (result.Nearest[0].Generated, result.Nearest[0].Training, result.Nearest[0].Mirrored));
        Assert.True(result.Nearest[0].Ratio < Memorisation.CopyRatio);
        Assert.InRange(result.CopiedShare, 1 / 61.0, 3 / 61.0);
    }

    [Fact]
    public void AHalfThatWasNotShownHasRatioOne()
    {
        MemorisationResult result = new Memorisation(Blobs.Set(200, Size, 1)).Measure(Blobs.Stack(200, Size, 2));
        Assert.InRange(result.Ratio, 0.9, 1.15);
        Assert.InRange(result.CopiedShare, 0, 0.05);
    }

    [Fact]
    public void PicturesThatAreThereTwiceDoNotHideCopies()
    {
        byte[] pixels = Blobs.Pixels(40, Size, 1);
        var set = new ArrayTrainingSet([.. pixels, .. pixels.AsSpan(0, 5 * Pixels)], Size);
        MemorisationResult result = new Memorisation(set).Measure(Blobs.Stack(40, Size, 2));
        Assert.All(result.Nearest, pair => Assert.InRange(pair.Ratio, 0.1, 1));
    }

    [Fact]
    public void PlainPicturesNearToAnOutlierAreNoCopiesOfIt()
    {
        // All training pictures are full of spots but one, which is nearly black: dark pictures are nearest to it, and copy nothing.
        byte[] pixels = Blobs.Pixels(100, Size, 1);
        Array.Fill(pixels, (byte)20, 0, Pixels);
        PictureStack dark = new(Size);
        for (int i = 0; i < 20; i++)
            dark.Add([.. Blobs.Pixels(1, Size, (ulong)i + 5).Select(value => (byte)(value / 3))]);
        MemorisationResult result = new Memorisation(new ArrayTrainingSet(pixels, Size)).Measure(dark);
        Assert.Contains(result.Nearest, pair => pair.Training == 0);
        Assert.Equal(0, result.CopiedShare);
    }

    [Fact]
    public void OneTrainingPictureHasNoNeighbourToCompareWith() =>
        Assert.True(double.IsNaN(new Memorisation(Blobs.Set(1, Size, 1)).Measure(Blobs.Stack(3, Size, 2)).Ratio));
}
