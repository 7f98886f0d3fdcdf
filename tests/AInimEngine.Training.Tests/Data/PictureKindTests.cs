using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

public sealed class PictureKindTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Upright it is 6 wide and 4 high, every pixel another colour; the centre crop takes 4x4 of it.
    private static (ushort R, ushort G, ushort B) Pixel(int x, int y) => ((ushort)(40 * x), (ushort)(60 * y), (ushort)(10 * x + 20 * y));

    /// <summary>How the upright picture is stored for a tag: EXIF 2.3's "which sides row 0 and column 0 are".</summary>
    private static (int X, int Y) Upright(int orientation, int column, int row) => orientation switch
    {
        1 => (column, row), // row 0 top, column 0 left
        2 => (5 - column, row), // top, right
        3 => (5 - column, 3 - row), // bottom, right
        4 => (column, 3 - row), // bottom, left
        5 => (row, column), // left, top
        6 => (5 - row, column), // right, top
        7 => (5 - row, 3 - column), // right, bottom
        _ => (row, 3 - column), // left, bottom
    };

    private static ushort[] Stored(int orientation)
    {
        (int width, int height) = orientation < 5 ? (6, 4) : (4, 6);
        var pixels = new ushort[72];
        for (int i = 0; i < 24; i++)
        {
            (int x, int y) = Upright(orientation, i % width, i / width);
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = Pixel(x, y);
        }
        Assert.Equal(24, width * height);
        return pixels;
    }

    [Fact]
    public void EveryOrientationGivesTheSameUprightPicture()
    {
        _folder.Fill(12);
        for (int o = 1; o <= 8; o++)
        {
            (int width, int height) = o < 5 ? (6, 4) : (4, 6);
            _folder.Write($"o{o}.png", PictureBytes.Png(width, height, 3, Stored(o), 8, ("eXIf", PictureBytes.Exif(o, o % 2 == 0))));
        }
        using TrainingData data = _folder.Build(8);
        Assert.Equal(Enumerable.Range(2, 7).Select(o => new PicturePair($"o{o}.png", "o1.png")), data.Report.Duplicates);
    }

    [Fact]
    public void AJpegIsTurnedAsItsExifSaysAndNotTwice()
    {
        _folder.Fill(12);
        // Red above, blue below.
        _folder.Make("up.jpg", "-f", "lavfi", "-i", "color=red:s=32x16,pad=32:32:0:0:blue", "-frames:v", "1", "-q:v", "2");
        byte[] jpeg = File.ReadAllBytes(_folder["up.jpg"]);
        _folder.Write("turned.jpg", PictureBytes.WithSegment(jpeg, 0xE1, [.. "Exif\0\0"u8, .. PictureBytes.Exif(6, bigEndian: true)]));
        using TrainingData data = _folder.Build(32);
        Found.IsNear((254, 0, 0), data.Set.At("up.jpg", 16, 4), 6);
        Found.IsNear((0, 0, 254), data.Set.At("turned.jpg", 4, 16), 6, "row 0 is the right side"); // so what was below is left
        Found.IsNear((254, 0, 0), data.Set.At("turned.jpg", 28, 16), 6);
    }

    [Fact]
    public void EveryKindIsKnownByContent()
    {
        (string Name, string Codec, string Format, int Tolerance)[] kinds =
        [
            ("p.jpg", "mjpeg", "image2pipe", 6), ("p.png", "png", "image2pipe", 0), ("p.bmp", "bmp", "image2pipe", 0), ("p.webp", "libwebp", "webp", 8),
            ("p.tiff", "tiff", "image2pipe", 0), ("p.ppm", "ppm", "image2pipe", 0), ("p.gif", "gif", "gif", 6), ("%d it's named.txt", "png", "image2pipe", 0),
        ];
        _folder.Fill(12);
        for (int i = 0; i < kinds.Length; i++) // blue differs, else some would be the same to the bit
            _folder.Make(kinds[i].Name, "-f", "lavfi", "-i", $"color=c=0x4949{0xA0 + i:X2}:s=64x64,format=rgb24,scale=47:33", "-frames:v", "1", "-c:v", kinds[i].Codec, "-f", kinds[i].Format);
        using TrainingData data = _folder.Build(16);
        Assert.Empty(data.Report.Skipped);
        for (int i = 0; i < kinds.Length; i++)
            Found.IsNear((0x49, 0x49, 0xA0 + i), data.Set.At(kinds[i].Name, 8, 8), Math.Max(1, kinds[i].Tolerance), kinds[i].Name); // the colour source is YUV
    }

    [Fact]
    public void InksAndGreysAndPalettesBecomeRgb()
    {
        _folder.Fill(12);
        _folder.Write("red.jpg", PictureBytes.CmykJpeg(4, 255, 0, 0, 255)); // inverted: magenta and yellow, full
        _folder.Write("half.jpg", PictureBytes.CmykJpeg(4, 255, 255, 255, 128)); // half black
        _folder.Make("grey.jpg", "-f", "lavfi", "-i", "color=c=0x606060:s=32x32,format=gray", "-frames:v", "1", "-q:v", "2");
        _folder.Make("palette.png", "-f", "lavfi", "-i", "color=c=0x20A060:s=32x32", "-frames:v", "1", "-pix_fmt", "pal8");
        using TrainingData data = _folder.Build(16);
        Assert.Empty(data.Report.Skipped);
        Found.IsNear((255, 0, 0), data.Set.At("red.jpg", 5, 5), 2);
        Found.IsNear((128, 128, 128), data.Set.At("half.jpg", 5, 5), 2);
        Found.IsNear((0x60, 0x60, 0x60), data.Set.At("grey.jpg", 5, 5), 2);
        Found.IsNear((0x20, 0xA0, 0x60), data.Set.At("palette.png", 5, 5), 12);
    }

    [Fact]
    public void TheTagsOfATiffAreFollowed()
    {
        _folder.Fill(12);
        byte[] halves = new byte[16 * 16 * 3];
        halves.AsSpan(0, 384).Fill(200); // the stored upper half is light
        _folder.Write("turned.tiff", PictureBytes.Tiff(16, 16, 3, 2, halves, (274, 3)));
        _folder.Write("inks.tiff", PictureBytes.Tiff(16, 16, 4, 5, [.. Enumerable.Range(0, 1024).Select(i => (byte)(i % 4 is 1 or 2 ? 255 : 0))]));
        // Half open, and white: stored as 128 where colours are multiplied already, as 255 where not.
        _folder.Write("multiplied.tiff", PictureBytes.Tiff(16, 16, 4, 2, [.. Enumerable.Repeat((byte)128, 1024)], (338, 1)));
        _folder.Write("straight.tiff", PictureBytes.Tiff(16, 16, 4, 2, [.. Enumerable.Range(0, 1024).Select(i => (byte)(i % 4 == 3 ? 128 : 254))], (338, 2)));
        using TrainingData data = _folder.Build(16);
        Assert.Empty(data.Report.Skipped);
        Assert.Equal((0, 0, 0), data.Set.At("turned.tiff", 8, 3));
        Assert.Equal((200, 200, 200), data.Set.At("turned.tiff", 8, 13));
        Found.IsNear((255, 0, 0), data.Set.At("inks.tiff", 8, 8), 2);
        Found.IsNear((188, 188, 188), data.Set.At("multiplied.tiff", 8, 8), 1);
        Found.IsNear((187, 187, 187), data.Set.At("straight.tiff", 8, 8), 1);
    }

    [Fact]
    public void DarkInkOnNothingVanishesOnBlackAndThatIsSaid()
    {
        _folder.Fill(12);
        var pixels = new ushort[16 * 16 * 4];
        for (int i = 0; i < 256; i++)
            pixels[4 * i + 3] = (ushort)(i % 5 == 0 ? 255 : 0);
        _folder.Write("ink.png", PictureBytes.Png(16, 16, 4, pixels));
        using TrainingData black = _folder.Build(16), white = _folder.Build(16, s => s with { Backdrop = Backdrop.White });
        Assert.Equal((1, 0), (black.Report.Vanished, white.Report.Vanished));
        Assert.Contains(black.Report.Warnings, w => w.Contains("can hardly be seen on black: lay them on white instead (--backdrop white)", StringComparison.Ordinal));
    }

    [Fact]
    public void SixteenBitsAreRoundedNotCut()
    {
        _folder.Fill(12);
        var pixels = new ushort[8 * 8 * 3];
        Array.Fill(pixels, (ushort)(100 * 257 + 200)); // 100.78 of 255
        _folder.Write("deep.png", PictureBytes.Png(8, 8, 3, pixels, bits: 16));
        using TrainingData data = _folder.Build(8);
        Assert.Equal((101, 101, 101), data.Set.At("deep.png", 3, 3));
    }

    [Theory]
    [InlineData(Backdrop.Black, 188, 0)]
    [InlineData(Backdrop.White, 255, 255)]
    public void TransparentPixelsLetTheBackdropThroughInLinearLight(Backdrop backdrop, int half, int open)
    {
        _folder.Fill(12);
        var pixels = new ushort[16 * 16 * 4];
        for (int i = 0; i < 256; i++)
        {
            pixels.AsSpan(4 * i, 3).Fill(255);
            pixels[4 * i + 3] = (ushort)(i < 128 ? 128 : 0); // white at half cover: half the light of white, 188 on black
        }
        _folder.Write("a.png", PictureBytes.Png(16, 16, 4, pixels));
        using TrainingData data = _folder.Build(16, s => s with { Backdrop = backdrop });
        Found.IsNear((half, half, half), data.Set.At("a.png", 8, 2), 1);
        Assert.Equal((open, open, open), data.Set.At("a.png", 8, 13));
        Assert.Equal(1, data.Report.Transparent);
        Assert.Contains(data.Report.Warnings, w => w.Contains(backdrop == Backdrop.White ? "on white" : "on black", StringComparison.Ordinal));
    }
}
