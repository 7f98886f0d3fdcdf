using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

public sealed class ResizingTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(64)] // by boxes, then by the cubic
    [InlineData(32)] // by the cubic alone
    public void AChequerOfBlackAndWhiteShrinksToHalfTheLight(int side)
    {
        _folder.Fill(12);
        var pixels = new ushort[side * side * 3];
        for (int i = 0; i < side * side; i++)
            pixels.AsSpan(3 * i, 3).Fill((ushort)((i / side + i % side) % 2 * 255));
        _folder.Write("a.png", PictureBytes.Png(side, side, 3, pixels));
        using TrainingData data = _folder.Build(16);
        for (int i = 2; i < 14; i++)
            Found.IsNear((188, 188, 188), data.Set.At("a.png", i, i), 1); // 128 if stored values were averaged
    }

    [Fact]
    public void APictureOfTheRightSizeKeepsEveryBit()
    {
        _folder.Fill(12);
        var pixels = new ushort[16 * 16 * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (ushort)(i * 89 % 256);
        _folder.Write("a.png", PictureBytes.Png(16, 16, 3, pixels));
        using TrainingData data = _folder.Build(16);
        ReadOnlySpan<byte> found = data.Set.Of("a.png");
        for (int i = 0; i < pixels.Length; i++)
            Assert.Equal(pixels[i], found[i % 3 * 256 + i / 3]);
    }

    [Fact]
    public void ASmoothPictureKeepsItsShapeAtAnySize()
    {
        // A ramp of light is a ramp at every size: the kernel neither shifts nor bends it.
        _folder.Fill(12);
        foreach (int side in (int[])[24, 40, 61, 200])
        {
            var pixels = new ushort[side * side * 3];
            for (int i = 0; i < side * side; i++)
            {
                pixels.AsSpan(3 * i, 2).Fill((ushort)Math.Round(65535 * Stored((i % side + 0.5) / side)));
                pixels[3 * i + 2] = (ushort)(side * 257); // else they would be the same to the bit
            }
            _folder.Write($"r{side}.png", PictureBytes.Png(side, side, 3, pixels, bits: 16));
        }
        using TrainingData data = _folder.Build(32);
        foreach (int side in (int[])[24, 40, 61, 200])
        {
            for (int x = 4; x < 28; x++)
            {
                int expected = (int)Math.Round(255 * Stored((x + 0.5) / 32));
                Found.IsNear((expected, expected, side), data.Set.At($"r{side}.png", x, 9), 1, $"side {side}, column {x}");
            }
        }

        static double Stored(double v) => v <= 0.0031308 ? 12.92 * v : 1.055 * Math.Pow(v, 1 / 2.4) - 0.055;
    }

    [Fact]
    public void TheSmartCropFindsWhatTheCentreMisses()
    {
        _folder.Fill(12);
        // Grey, with a chequered, coloured patch at the right end.
        const int width = 96, height = 32;
        var pixels = new ushort[width * height * 3];
        Array.Fill(pixels, (ushort)90);
        for (int y = 8; y < 24; y++)
        {
            for (int x = 72; x < 90; x++)
                (pixels[(y * width + x) * 3], pixels[(y * width + x) * 3 + 1]) = (x / 3 + y / 3) % 2 == 0 ? ((ushort)255, (ushort)0) : ((ushort)0, (ushort)255);
        }
        _folder.Write("a.png", PictureBytes.Png(width, height, 3, pixels));
        using TrainingData centre = _folder.Build(32), smart = _folder.Build(32, s => s with { Crop = CropMode.Smart });
        Assert.All(centre.Set.Of("a.png").ToArray(), value => Assert.Equal(90, value));
        Assert.True(Coloured(smart.Set) >= 16 * 18, $"{Coloured(smart.Set)} pixels of the patch are in");

        static int Coloured(TrainingSet set) => Enumerable.Range(0, 1024).Count(i => Math.Abs(set.Of("a.png")[i] - set.Of("a.png")[1024 + i]) > 100);
    }

    [Fact]
    public void PicturesThatAreTooSmallAreEnlargedAndThatIsSaid()
    {
        _folder.Fill(9, side: 48);
        _folder.Fill(3, side: 64, prefix: "large", seed: 2);
        using TrainingData data = _folder.Build(64);
        Assert.Equal((9, 48, 48), (data.Report.Enlarged, data.Report.SmallestSide, data.Report.MedianSide));
        Assert.Contains(data.Report.Warnings, w => w.Contains("9 of 12 pictures are smaller than 64 pixels", StringComparison.Ordinal) && w.Contains("--size 32", StringComparison.Ordinal));
    }
}
