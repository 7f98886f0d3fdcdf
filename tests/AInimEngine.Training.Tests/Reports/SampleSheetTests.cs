using AInimEngine.Core.Imaging;
using AInimEngine.Training.Data;
using AInimEngine.Training.Measures;
using AInimEngine.Training.Reports;
using AInimEngine.Training.Tests.Measures;

namespace AInimEngine.Training.Tests.Reports;

/// <summary>Sheets: every picture in its place, pixel for pixel.</summary>
public sealed class SampleSheetTests
{
    private const int Size = 16, Cell = Size + 2;

    [Fact]
    public void PicturesLieInReadingOrderWithGapsBetween()
    {
        PictureStack stack = Blobs.Stack(5, Size, 1);
        using Image sheet = SampleSheet.Draw(stack, 3);
        Assert.Equal((3 * Cell + 2, 2 * Cell + 2), (sheet.Width, sheet.Height));
        for (int i = 0; i < 5; i++)
            for (int y = 0; y < Size; y++)
                for (int x = 0; x < Size; x++)
                    Assert.Equal(Pixel(stack.Pixels(i), x, y), Pixel(sheet, 2 + i % 3 * Cell + x, 2 + i / 3 * Cell + y));
        Assert.Equal((24, 24, 24), Pixel(sheet, 0, 0));
        Assert.Equal((24, 24, 24), Pixel(sheet, Cell, 5));
        Assert.Equal((24, 24, 24), Pixel(sheet, 2 * Cell + 5, Cell + 5));
    }

    [Fact]
    public void APairShowsTheGeneratedPictureAndItsNeighbourAsItIsNearer()
    {
        PictureStack generated = Blobs.Stack(3, Size, 1);
        ArrayTrainingSet set = Blobs.Set(4, Size, 2);
        using Image sheet = SampleSheet.DrawPairs(generated, set, [new Neighbour(2, 3, false, 0.1), new Neighbour(0, 1, true, 0.2)], 1);
        Assert.Equal((2 * Cell + 2, 2 * Cell + 2), (sheet.Width, sheet.Height));
        Assert.Equal(Pixel(generated.Pixels(2), 5, 6), Pixel(sheet, 2 + 5, 2 + 6));
        Assert.Equal(Pixel(set.Pixels(3), 5, 6), Pixel(sheet, 2 + Cell + 5, 2 + 6));
        Assert.Equal(Pixel(set.Pixels(1), Size - 1 - 5, 6), Pixel(sheet, 2 + Cell + 5, 2 + Cell + 6));
    }

    [Fact]
    public void ASheetIsNeverLargerThanAScreenCanShow()
    {
        using Image sheet = SampleSheet.Draw(Blobs.Stack(300, 64, 1), 1000);
        using Image square = SampleSheet.Draw(Blobs.Stack(30, Size, 1), 3);
        Assert.Equal(square.Width, square.Height);
        Assert.InRange(sheet.Width, 1, 4096);
        Assert.InRange(sheet.Height, 1, 4096);
        Assert.Equal(8, SampleSheet.Columns(64));
        Assert.Equal(2, SampleSheet.Columns(512));
    }

    [Fact]
    public void EnlargingKeepsEvenPicturesAndSlopesAndFactorOneIsThePictureItself()
    {
        using var small = new Image(8, 8, PixelFormat.PlanarRgbF32);
        for (int i = 0; i < 64; i++)
            (small.As<float>()[i], small.As<float>()[64 + i], small.As<float>()[128 + i]) = (0.5f, i % 8 / 7f, i / 8 / 7f);
        using var large = new Image(32, 32, PixelFormat.Rgba8);
        PictureEnlarger.Enlarge(small, large, 4);
        for (int at = 0; at < 32; at++)
        {
            Assert.Equal(128, Pixel(large, at, 31 - at).Item1);
            if (at is < 8 or > 23)
                continue;
            double expected = ((at + 0.5) / 4 - 0.5) / 7 * 255;
            Assert.Equal(expected, Pixel(large, at, 10).Item2, 0.51);
            Assert.Equal(expected, Pixel(large, 10, at).Item3, 0.51);
        }
        using var same = new Image(8, 8, PixelFormat.Rgba8);
        PictureEnlarger.Enlarge(small, same, 1);
        Assert.Equal((128, 109, 36), Pixel(same, 3, 1));
    }

    private static (int, int, int) Pixel(ReadOnlySpan<byte> planes, int x, int y) =>
        (planes[y * Size + x], planes[(Size + y) * Size + x], planes[(2 * Size + y) * Size + x]);

    private static (int, int, int) Pixel(Image image, int x, int y)
    {
        int at = (y * image.Width + x) * 4;
        return (image.Bytes[at], image.Bytes[at + 1], image.Bytes[at + 2]);
    }
}
