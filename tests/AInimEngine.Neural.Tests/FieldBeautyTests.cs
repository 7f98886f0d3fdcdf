namespace AInimEngine.Neural.Tests;

/// <summary>What can be claimed in numbers about how 64 universes look; the judgement was made by eye on their sheet.</summary>
public sealed class FieldBeautyTests : NativeTensorTest
{
    private const int Universes = 64, Width = 160, Height = 90;

    // Measured on the sheet, least and most of 64: luminance 0.18 to 0.72, its deviation 0.13 to 0.31, saturation 0.21 to
    // 0.59, tiles with structure 77 to 100 %, differences of neighbours 0.05 to 0.33 of the deviation; means of luminance
    // deviate by 0.11; hues lie in 11 sectors of 12, at most 9 universes in one.
    [Fact]
    public void UniversesAreBrightColourfulDetailedAndDifferent()
    {
        var light = new double[Universes];
        var hues = new int[12];
        for (int universe = 0; universe < Universes; universe++)
        {
            using var field = new FieldFixture((ulong)universe, Width, Height);
            Figures figures = Measure(field.Decode());
            light[universe] = figures.Light;
            hues[figures.HueSector]++;
            Assert.True(figures.Light is > 0.12 and < 0.8, $"universe {universe} is black or white: mean luminance {figures.Light:0.00}");
            Assert.True(figures.Contrast > 0.09, $"universe {universe} is flat: luminance deviates by {figures.Contrast:0.000}");
            Assert.True(figures.Colour > 0.15, $"universe {universe} is grey: mean saturation {figures.Colour:0.000}");
            Assert.True(figures.Busy > 0.6, $"universe {universe} is a blob: {figures.Busy:P0} of its tiles have structure");
            Assert.True(figures.Noise < 0.45, $"universe {universe} is noise: pixels differ by {figures.Noise:0.00} of the contrast");
        }
        double mean = light.Average();
        Assert.True(Math.Sqrt(light.Average(l => (l - mean) * (l - mean))) > 0.07, "all universes are equally bright");
        Assert.True(hues.Count(count => count > 0) >= 9, $"hues by sector: {string.Join(" ", hues)}");
        Assert.True(hues.Max() < Universes / 3, $"hues by sector: {string.Join(" ", hues)}");
    }

    [Fact]
    public void FineLatentsKeepTheDrawing()
    {
        // Each group moves until the picture has changed alike; then the drawing (where luminance is steep) agrees with
        // what was there before: after fine steps clearly more than after coarse and mid ones.
        double coarse = 0, mid = 0, fine = 0;
        for (ulong universe = 20; universe < 32; universe++)
        {
            using var field = new FieldFixture(universe, Width, Height);
            coarse += Kept(field, 0, universe) / 12;
            mid += Kept(field, 2, universe) / 12;
            fine += Kept(field, 4, universe) / 12;
        }
        Assert.True(Math.Max(coarse, mid) + 0.05 < fine, $"drawing kept: coarse {coarse:0.00}, mid {mid:0.00}, fine {fine:0.00}");
    }

    private static double Kept(FieldFixture field, int layer, ulong seed)
    {
        const double Change = 0.12;
        field.Generator.Sample(seed, field.Latent);
        float[] here = field.Decode(), there = here;
        for (int i = 0; i < 40 && FieldFixture.Rms(here, there) < Change; i++)
        {
            field.Move(layer, 2, 0.1f, seed);
            there = field.Decode();
        }
        return Correlation(Steepness(here), Steepness(there));
    }

    private sealed record Figures(double Light, double Contrast, double Colour, double Busy, double Noise, int HueSector);

    private static Figures Measure(float[] planes)
    {
        int n = Width * Height;
        double sum = 0, squares = 0, colour = 0, hueX = 0, hueY = 0, differences = 0;
        var light = new double[n];
        for (int i = 0; i < n; i++)
        {
            double r = Math.Clamp(planes[i], 0, 1), g = Math.Clamp(planes[n + i], 0, 1), b = Math.Clamp(planes[2 * n + i], 0, 1);
            light[i] = 0.2126 * r + 0.7152 * g + 0.0722 * b;
            sum += light[i];
            squares += light[i] * light[i];
            colour += Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b));
            hueX += r - 0.5 * (g + b);
            hueY += Math.Sqrt(0.75) * (g - b);
            if (i % Width > 0)
                differences += Math.Abs(light[i] - light[i - 1]);
        }
        double mean = sum / n, deviation = Math.Sqrt(squares / n - mean * mean);
        int busy = 0, tiles = 0;
        for (int top = 0; top + 10 <= Height; top += 10)
        {
            for (int left = 0; left + 10 <= Width; left += 10)
            {
                double low = 1, high = 0;
                for (int i = 0; i < 100; i++)
                {
                    double value = light[(top + i / 10) * Width + left + i % 10];
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
                }
                tiles++;
                busy += high - low > 0.06 ? 1 : 0;
            }
        }
        int sector = (int)((Math.Atan2(hueY, hueX) / (2 * Math.PI) + 1) * 12) % 12;
        return new(mean, deviation, colour / n, (double)busy / tiles, differences / n / deviation, sector);
    }

    private static double[] Steepness(float[] planes)
    {
        int n = Width * Height;
        var steep = new double[n];
        double Light(int i) => 0.2126 * planes[i] + 0.7152 * planes[n + i] + 0.0722 * planes[2 * n + i];
        for (int y = 0; y + 1 < Height; y++)
            for (int x = 0; x + 1 < Width; x++)
                steep[y * Width + x] = Math.Abs(Light(y * Width + x + 1) - Light(y * Width + x)) + Math.Abs(Light(y * Width + Width + x) - Light(y * Width + x));
        return steep;
    }

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.Sqrt(aa * bb);
    }
}
