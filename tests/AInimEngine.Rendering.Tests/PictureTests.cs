using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

/// <summary>What the picture must be, from arithmetic.</summary>
public sealed class PictureTests
{
    private static readonly PostChainSettings Small = new(160, 90, 40, 24);

    [Theory]
    [InlineData(0f)]
    [InlineData(0.05f)]
    [InlineData(0.5f)]
    [InlineData(0.8f)]
    [InlineData(1f)]
    public void AConstantPictureStaysConstantThroughUpscaling(float value)
    {
        using var bench = new Bench(Small, []);
        TestPicture.Fill(bench.Picture, value, value * 0.5f, 1 - value);
        bench.Frame();
        float[] expected = [value, value * 0.5f, 1 - value];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int i = channel; i < bench.Output.ByteCount; i += 4)
                Assert.InRange(bench.Output.Bytes[i], 255 * expected[channel] - 1.5, 255 * expected[channel] + 1.5);
            // The transfer curves are approximations: half an 8-bit step at most.
            Assert.Equal(expected[channel], bench.Mean(channel), 0.5 / 255);
        }
        Assert.Equal(255, bench.At(3, 3, 3));
    }

    [Fact]
    public void DitheringKeepsWhatLiesBetweenTwoEightBitSteps()
    {
        using var bench = new Bench(Small, []);
        double[] means = new double[9];
        for (int i = 0; i < means.Length; i++)
        {
            float value = (128 + i / 8f) / 255;
            TestPicture.Fill(bench.Picture, value, value, value);
            bench.Frame();
            means[i] = bench.Mean(0) * 255;
        }
        for (int i = 1; i < means.Length; i++)
            Assert.InRange(means[i] - means[i - 1], 0.02, 0.3);
        Assert.InRange(means[8] - means[0], 0.9, 1.1);
    }

    [Theory]
    [InlineData(160, 90, 40, 24)]
    [InlineData(160, 90, 160, 90)]
    [InlineData(64, 36, 200, 120)]
    public void AGradientGrowsMonotonously(int width, int height, int sourceWidth, int sourceHeight)
    {
        using var bench = new Bench(new PostChainSettings(width, height, sourceWidth, sourceHeight), []);
        for (int y = 0; y < sourceHeight; y++)
            for (int x = 0; x < sourceWidth; x++)
                TestPicture.Set(bench.Picture, x, y, x / (sourceWidth - 1f), y / (sourceHeight - 1f), 0.5f);
        bench.Frame();
        for (int x = 1; x < width; x++)
            Assert.True(Column(x) >= Column(x - 1), $"column {x} is darker than the one before");
        for (int y = 1; y < height; y++)
            Assert.True(Row(y) >= Row(y - 1), $"row {y} is darker than the one above");
        Assert.True(Column(0) < 8 && Column(width - 1) > 247);

        double Column(int x) => Enumerable.Range(0, height).Average(y => bench.At(x, y, 0));
        double Row(int y) => Enumerable.Range(0, width).Average(x => bench.At(x, y, 1));
    }

    [Fact]
    public void AnEdgeOvershootsLittleAndStaysSharp()
    {
        using var bench = new Bench(new PostChainSettings(160, 96, 40, 24), []);
        for (int y = 0; y < 24; y++)
            for (int x = 0; x < 40; x++)
                TestPicture.Set(bench.Picture, x, y, x < 20 ? 0.25f : 0.75f, 0, 0);
        bench.Frame();
        int[] row = [.. Enumerable.Range(0, 160).Select(x => bench.At(x, 48, 0))];
        Assert.InRange(row.Min(), 0.25 * 255 - 8, 0.25 * 255); // 6 % of the step
        Assert.InRange(row.Max(), 0.75 * 255, 0.75 * 255 + 8);
        int between = row.Count(value => value is > 77 and < 178);
        Assert.InRange(between, 2, 6); // 10 to 90 % within one and a half source pixels
    }

    [Fact]
    public void TheTopLeftPixelIsTopLeft()
    {
        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
        {
            using var bench = new Bench(new PostChainSettings(64, 32, 16, 8, format), []);
            TestPicture.Fill(bench.Picture, 0, 0, 0);
            for (int y = 0; y < 4; y++)
                for (int x = 0; x < 4; x++)
                {
                    TestPicture.Set(bench.Picture, x, y, 1, 0, 0);
                    TestPicture.Set(bench.Picture, 12 + x, y, 0, 1, 0);
                    TestPicture.Set(bench.Picture, x, 4 + y, 0, 0, 1);
                }
            bench.Frame();
            // White may be 254: the transfer curves are a fifth of a step off.
            (int X, int Y, int[] Color)[] corners = [(2, 2, [255, 0, 0]), (61, 2, [0, 255, 0]), (2, 29, [0, 0, 255]), (61, 29, [0, 0, 0])];
            foreach ((int x, int y, int[] color) in corners)
                for (int channel = 0; channel < 3; channel++)
                    Assert.InRange(bench.At(x, y, channel), color[channel] - 1, color[channel]);
        }
    }

    [Fact]
    public void TheThreeSourceFormatsGiveTheSamePicture()
    {
        var rows = new List<byte[]>();
        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
        {
            using var bench = new Bench(Small with { SourceFormat = format }, []);
            TestPicture.Draw(bench.Picture, 0.3);
            bench.Frame();
            rows.Add(bench.Output.Bytes.ToArray());
        }
        for (int i = 0; i < rows[0].Length; i++)
        {
            Assert.InRange(rows[1][i] - rows[2][i], -1, 1);
            Assert.InRange(rows[0][i] - rows[1][i], -3, 3); // 8 bits in, stretched by the sharpening kernel
        }
    }

    [Fact]
    public void ALinearSourceIsNotDecodedAgain()
    {
        using var bench = new Bench(Small with { SourceColorSpace = ColorSpace.LinearSrgb }, []);
        TestPicture.Fill(bench.Picture, 0.2f, 0.2f, 0.2f);
        bench.Frame();
        Assert.Equal(Bench.ToDisplay(0.2), bench.Mean(0), 0.004);
    }

    [Theory]
    [InlineData(90, 160, 30, 54)]
    [InlineData(100, 100, 33, 33)]
    [InlineData(101, 57, 37, 21)]
    [InlineData(7, 5, 3, 2)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(202, 114, 320, 180)]
    public void AnySizeAndAspectWorks(int width, int height, int sourceWidth, int sourceHeight)
    {
        string[] all = ["displace", "feedback", "bloom", "grade", "chromatic", "grain", "vignette"];
        using var bench = new Bench(new PostChainSettings(width, height, sourceWidth, sourceHeight), [.. all.Select(name => Bench.Pass(name))]);
        TestPicture.Fill(bench.Picture, 0.5f, 0.5f, 0.5f);
        bench.Frame();
        bench.Frame();
        Assert.InRange(bench.At(width / 2, height / 2, 1), 90, 200);
    }

    [Fact]
    public void AnotherAspectIsFilledByCroppingTheMiddle()
    {
        using var bench = new Bench(new PostChainSettings(64, 64, 64, 32), []);
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 64; x++)
                TestPicture.Set(bench.Picture, x, y, x is < 14 or >= 50 ? 1 : 0, x is >= 30 and < 34 ? 1 : 0, 0);
        bench.Frame();
        Assert.True(bench.At(0, 32, 0) < 10 && bench.At(63, 32, 0) < 10, "the sides are cropped");
        Assert.True(bench.At(32, 32, 1) > 200 && bench.At(31, 32, 1) > 200, "the middle is in the middle");
        Assert.Equal(8, Enumerable.Range(0, 64).Count(x => bench.At(x, 32, 1) > 127), 2.0);
    }

    [Fact]
    public void OneStopDoublesTheLight()
    {
        using var bench = new Bench(Small, [Bench.Pass("grade")], [Bench.Field("post.grade.exposure")]);
        foreach (double linear in new[] { 0.01, 0.05, 0.18, 0.4 })
        {
            float display = (float)Bench.ToDisplay(linear);
            TestPicture.Fill(bench.Picture, display, display, display);
            bench.Set("post.grade.exposure", 0);
            bench.Frame();
            Assert.Equal(display, bench.Mean(1), 0.004);
            double before = Bench.ToLinear(bench.Mean(1));
            bench.Set("post.grade.exposure", 1);
            bench.Frame();
            Assert.Equal(2, Bench.ToLinear(bench.Mean(1)) / before, 0.06);
        }
    }

    [Fact]
    public void NeutralGradeChangesNothing()
    {
        using var plain = new Bench(Small, []);
        using var graded = new Bench(Small, [Bench.Pass("grade")], context: plain.Context);
        TestPicture.Draw(plain.Picture, 1);
        TestPicture.Draw(graded.Picture, 1);
        plain.Frame();
        graded.Frame();
        for (int i = 0; i < plain.Output.ByteCount; i++)
            Assert.InRange(plain.Output.Bytes[i] - graded.Output.Bytes[i], -2, 2);
        graded.Chain.Dispose();
    }

    [Fact]
    public void NoSaturationIsGreyOfTheSameLuminance()
    {
        using var bench = new Bench(Small, [Bench.Pass("grade", ("saturation", 0))]);
        TestPicture.Fill(bench.Picture, 0.8f, 0.3f, 0.1f);
        bench.Frame();
        double luminance = 0.2126 * Bench.ToLinear(0.8) + 0.7152 * Bench.ToLinear(0.3) + 0.0722 * Bench.ToLinear(0.1);
        for (int channel = 0; channel < 3; channel++)
            Assert.Equal(Bench.ToDisplay(luminance), bench.Mean(channel), 0.006);
    }

    [Fact]
    public void FadeScalesThePictureDownToBlack()
    {
        using var bench = new Bench(Small, [Bench.Pass("bloom"), Bench.Pass("grain"), Bench.Pass("vignette")]);
        TestPicture.Fill(bench.Picture, 0.8f, 0.8f, 0.8f);
        bench.Frame();
        double whole = bench.Mean(0);
        bench.Set("output.fade", 0.5f);
        bench.Frame();
        Assert.Equal(whole / 2, bench.Mean(0), 0.02);
        bench.Set("output.fade", 0);
        bench.Frame();
        Assert.Equal(0, bench.Mean(0) + bench.Mean(1) + bench.Mean(2));
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(30, 1)]
    [InlineData(60, 1)]
    [InlineData(30000, 1001)]
    public void ATrailHalvesInItsHalfLifeAtAnyFrameRate(int numerator, int denominator)
    {
        var fps = new Rational(numerator, denominator);
        foreach (float lighten in new[] { 0f, 1f })
        {
            using var bench = new Bench(new PostChainSettings(48, 27, 24, 14, WorkScale: 1),
                [Bench.Pass("feedback", ("half_life", 500), ("lighten", lighten), ("zoom", 0.4f))], fps: fps);
            TestPicture.Fill(bench.Picture, 1, 1, 1);
            for (int i = 0; i < 400; i++)
                bench.Frame();
            double start = Bench.ToLinear(bench.Mean(1));
            Assert.Equal(1, start, 0.02);
            TestPicture.Fill(bench.Picture, 0, 0, 0);
            int frames = (int)Math.Round(fps.Value);
            for (int i = 0; i < frames; i++)
                bench.Frame();
            double seconds = frames / fps.Value;
            Assert.Equal(Math.Pow(0.5, seconds / 0.5), Bench.ToLinear(bench.Mean(1)) / start, 0.008);
        }
    }

    [Fact]
    public void ASteadyPictureIsNotBrightenedByItsTrail()
    {
        using var bench = new Bench(Small, [Bench.Pass("feedback", ("half_life", 400), ("lighten", 0), ("zoom", 0))]);
        TestPicture.Fill(bench.Picture, 0.6f, 0.4f, 0.2f);
        for (int i = 0; i < 100; i++)
            bench.Frame();
        Assert.Equal(0.6, bench.Mean(0), 0.006);
        Assert.Equal(0.2, bench.Mean(2), 0.006);
    }

    [Fact]
    public void ATrailZoomsEquallyFarAtThirtyAndSixtyFrames()
    {
        double[] widths = new double[2];
        for (int i = 0; i < 2; i++)
        {
            int rate = i == 0 ? 30 : 60;
            using var bench = new Bench(new PostChainSettings(160, 160, 160, 160), [Bench.Pass("feedback", ("half_life", 5000), ("lighten", 1), ("zoom", 1))], fps: new Rational(rate, 1));
            TestPicture.Fill(bench.Picture, 0, 0, 0);
            for (int y = 60; y < 100; y++)
                for (int x = 60; x < 100; x++)
                    TestPicture.Set(bench.Picture, x, y, 1, 1, 1);
            for (int k = 0; k <= rate / 2; k++)
            {
                bench.Frame();
                TestPicture.Fill(bench.Picture, 0, 0, 0);
            }
            widths[i] = Enumerable.Range(0, 160).Count(x => bench.At(x, 80, 0) > 181);
        }
        Assert.Equal(40 * Math.Sqrt(2), widths[0], 3.0);
        Assert.Equal(widths[0], widths[1], 3.0);
    }

    [Theory]
    [InlineData(160, 90)]
    [InlineData(90, 160)]
    public void AVignetteIsSymmetricAndSparesTheCentre(int width, int height)
    {
        using var bench = new Bench(new PostChainSettings(width, height, width, height), [Bench.Pass("vignette", ("strength", 0.8f), ("size", 0.2f))]);
        TestPicture.Fill(bench.Picture, 1, 1, 1);
        bench.Frame();
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                Assert.InRange(bench.At(x, y, 0) - bench.At(width - 1 - x, y, 0), -1, 1);
                Assert.InRange(bench.At(x, y, 0) - bench.At(x, height - 1 - y, 0), -1, 1);
            }
        Assert.InRange(bench.At(width / 2, height / 2, 0), 254, 255);
        Assert.InRange(bench.At(0, 0, 0), 0.2 * 255 - 2, 0.2 * 255 + 8);
    }

    [Fact]
    public void BloomOnlyAddsLightAndReachesBeyondTheBrightPlace()
    {
        var settings = new PostChainSettings(320, 180, 320, 180);
        using var plain = new Bench(settings, []);
        using var bloom = new Bench(settings, [Bench.Pass("bloom", ("strength", 1), ("threshold", 0.3f))], context: plain.Context);
        foreach (Bench bench in new[] { plain, bloom })
        {
            TestPicture.Fill(bench.Picture, 0.1f, 0.1f, 0.1f);
            for (int y = 80; y < 100; y++)
                for (int x = 150; x < 170; x++)
                    TestPicture.Set(bench.Picture, x, y, 1, 0.9f, 0.8f);
            bench.Frame();
        }
        for (int i = 0; i < plain.Output.ByteCount; i++)
            Assert.True(bloom.Output.Bytes[i] >= plain.Output.Bytes[i] - 1);
        Assert.True(bloom.At(160, 106, 0) > plain.At(160, 106, 0) + 10, "light spills beside the square");
        Assert.Equal(plain.At(2, 2, 0), bloom.At(2, 2, 0), 2.0);
        bloom.Chain.Dispose();
    }

    [Fact]
    public void BloomSpillsEqualEnergyWhereverTheLightIs()
    {
        var settings = new PostChainSettings(320, 192, 320, 192, SourceColorSpace: ColorSpace.LinearSrgb);
        using var bench = new Bench(settings, [Bench.Pass("bloom", ("strength", 1), ("threshold", 0), ("radius", 0))]);
        double[] sums = new double[3];
        for (int i = 0; i < sums.Length; i++)
        {
            TestPicture.Fill(bench.Picture, 0, 0, 0);
            for (int y = 0; y < 8; y++)
                for (int x = 0; x < 8; x++)
                    TestPicture.Set(bench.Picture, 140 + i * 3 + x, 90 + i + y, 0.5f, 0.5f, 0.5f);
            bench.Frame();
            for (int k = 0; k < bench.Output.ByteCount; k += 4)
                sums[i] += Bench.ToLinear(bench.Output.Bytes[k] / 255.0);
        }
        // The square itself is 64 x 0.5; as much again spills, strength being 1.
        Assert.Equal(64, sums[0], 4.0);
        Assert.Equal(sums[0], sums[1], 3.0);
        Assert.Equal(sums[0], sums[2], 3.0);
    }
}
