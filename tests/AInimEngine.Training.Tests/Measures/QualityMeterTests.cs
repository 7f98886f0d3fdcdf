using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Tests.Measures;

/// <summary>All measures together, as a run takes them.</summary>
public sealed class QualityMeterTests
{
    private const int Size = 32;

    [Fact]
    public void FreshPicturesOfTheSameKindAreGoodByEveryMeasure()
    {
        using var meter = new QualityMeter(Blobs.Set(200, Size, 1), 1);
        QualityReport report = meter.Measure(Blobs.Stack(200, Size, 2));
        Assert.InRange(report.SwdOverFloor, 0.4, 1.3);
        Assert.InRange(report.Memorisation, 0.9, 1.15);
        Assert.InRange(report.Diversity, 0.93, 1.07);
        Assert.InRange(report.PixelDeviation, 0.93, 1.07);
        Assert.InRange(report.Precision, 0.6, 1);
        Assert.InRange(report.Recall, 0.6, 1);
        Assert.InRange(report.KernelDistance, -60, 60);
        Assert.Equal((2, 2, 200), (report.Swd.Count, report.Floor.Count, report.Pictures));
    }

    [Fact]
    public void ACollapsedGeneratorIsSeenByDiversityAndRecall()
    {
        using var meter = new QualityMeter(Blobs.Set(100, Size, 1), 1);
        var collapsed = new PictureStack(Size);
        byte[] picture = Blobs.Pixels(1, Size, 2);
        for (int i = 0; i < 60; i++)
            collapsed.Add([.. picture.Select((value, at) => (byte)Math.Min(255, value + (at * 31 + i * 17) % 7))]);
        QualityReport report = meter.Measure(collapsed);
        Assert.InRange(report.Diversity, 0, 0.1);
        Assert.InRange(report.PixelDeviation, 0, 0.1);
        Assert.InRange(report.Recall, 0, 0.2);
        Assert.True(report.SwdOverFloor > 2);
    }

    [Fact]
    public void TheSamePicturesGiveTheSameReportFromFloatsAndFromBytes()
    {
        using var meter = new QualityMeter(Blobs.Set(30, Size, 1), 1);
        PictureStack stack = Blobs.Stack(20, Size, 2);
        var floats = new float[20 * 3 * Size * Size];
        for (int i = 0; i < 20; i++)
            stack.CopyTo(i, floats.AsSpan(i * 3 * Size * Size));
        QualityReport first = meter.Measure(stack), second = meter.Measure(floats);
        Assert.Equal(first.Swd, second.Swd);
        Assert.Equal(first.Nearest, second.Nearest);
        Assert.Equal((first.Memorisation, first.Diversity, first.KernelDistance), (second.Memorisation, second.Diversity, second.KernelDistance));
    }

    [Fact]
    public void ThreeTrainingPicturesAreEnoughToMeasureAndOneGivesNoFloor()
    {
        using var three = new QualityMeter(Blobs.Set(3, Size, 1), 1);
        QualityReport report = three.Measure(Blobs.Stack(8, Size, 2));
        Assert.True(double.IsFinite(report.SwdOverFloor) && double.IsFinite(report.Memorisation) && double.IsFinite(report.Diversity));
        using var one = new QualityMeter(Blobs.Set(1, Size, 1), 1);
        Assert.Empty(one.Floor);
        Assert.True(double.IsNaN(one.Measure(Blobs.Stack(8, Size, 2)).SwdOverFloor));
    }

    [Fact]
    public void ValuesOutsideTheRangeAndNoNumbersAreCut()
    {
        var picture = new float[3 * 16 * 16];
        (picture[0], picture[1], picture[2]) = (7, -7, float.NaN);
        ReadOnlySpan<byte> pixels = PictureStack.Of(picture, 16).Pixels(0);
        Assert.Equal(((byte)255, (byte)0, (byte)0, (byte)128), (pixels[0], pixels[1], pixels[2], pixels[3]));
    }
}
