using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

public sealed class ColourTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly double[] s_adobe = [0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457];
    private static readonly double[] s_displayP3 = [0.51512, 0.24120, -0.00105, 0.29198, 0.69225, 0.04189, 0.15710, 0.06657, 0.78407];

    /// <summary>The way by the D65 matrices of both spaces' own definitions, which shares nothing with the way by a profile under D50.</summary>
    private static (int, int, int) FromAdobe(byte red, byte green, byte blue)
    {
        double r = Math.Pow(red / 255.0, 563 / 256.0), g = Math.Pow(green / 255.0, 563 / 256.0), b = Math.Pow(blue / 255.0, 563 / 256.0);
        double x = 0.5767309 * r + 0.1855540 * g + 0.1881852 * b, y = 0.2973769 * r + 0.6273491 * g + 0.0752741 * b, z = 0.0270343 * r + 0.0706872 * g + 0.9911085 * b;
        return (Stored(3.2404542 * x - 1.5371385 * y - 0.4985314 * z), Stored(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z), Stored(0.0556434 * x - 0.2040259 * y + 1.0572252 * z));
    }

    private static int Stored(double linear)
    {
        linear = Math.Clamp(linear, 0, 1);
        return (int)Math.Round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055));
    }

    [Theory]
    [InlineData(120, 140, 160)]
    [InlineData(200, 100, 50)]
    [InlineData(0, 255, 0)] // outside sRGB: cut
    [InlineData(255, 255, 255)]
    public void AdobeRgbBecomesSrgb(byte red, byte green, byte blue)
    {
        _folder.Fill(12);
        byte[] profile = PictureBytes.Icc(563 / 256.0, s_adobe);
        _folder.Write("a.png", PictureBytes.Flat(16, red, green, blue, PictureBytes.Iccp(profile)));
        using TrainingData data = _folder.Build(16);
        Found.IsNear(FromAdobe(red, green, blue), data.Set.At("a.png", 8, 8), 1);
        Assert.Equal((1, 0), (data.Report.Converted, data.Report.ProfilesIgnored));
    }

    [Fact]
    public void AProfileInPartsInsideAJpegIsFollowed()
    {
        _folder.Fill(12);
        _folder.Make("plain.jpg", "-f", "lavfi", "-i", "color=c=0xC86432:s=32x32", "-frames:v", "1", "-q:v", "1");
        byte[] jpeg = File.ReadAllBytes(_folder["plain.jpg"]), profile = PictureBytes.Icc(563 / 256.0, s_adobe);
        byte[] Part(byte number, Range range) => [.. "ICC_PROFILE\0"u8, number, 2, .. profile[range]];
        // The second part first: the numbers count.
        byte[] tagged = PictureBytes.WithSegment(PictureBytes.WithSegment(jpeg, 0xE2, Part(1, ..100)), 0xE2, Part(2, 100..));
        _folder.Write("tagged.jpg", tagged);
        using TrainingData data = _folder.Build(16);
        (int r, int g, int b) = data.Set.At("plain.jpg", 8, 8);
        Found.IsNear(FromAdobe((byte)r, (byte)g, (byte)b), data.Set.At("tagged.jpg", 8, 8), 1);
        Assert.Equal(1, data.Report.Converted);
    }

    [Fact]
    public void TheRedOfDisplayP3IsBeyondThatOfSrgbAndItsGreyIsTheSame()
    {
        _folder.Fill(12);
        byte[] profile = PictureBytes.Icc(2.2, s_displayP3);
        _folder.Write("grey.png", PictureBytes.Flat(16, 128, 128, 128, PictureBytes.Iccp(profile)));
        _folder.Write("red.png", PictureBytes.Flat(16, 200, 60, 60, PictureBytes.Iccp(profile)));
        using TrainingData data = _folder.Build(16);
        Found.IsNear((128, 128, 128), data.Set.At("grey.png", 8, 8), 1);
        (int r, int g, _) = data.Set.At("red.png", 8, 8);
        Assert.InRange(r, 208, 222);
        Assert.InRange(g, 20, 55);
    }

    [Fact]
    public void AProfileThatMeansSrgbChangesNoBit()
    {
        _folder.Fill(12);
        double[] colorants = [0.4360747, 0.2225045, 0.0139322, 0.3850649, 0.7168786, 0.0971045, 0.1430804, 0.0606169, 0.7141733];
        byte[] power = PictureBytes.Icc(2.2, colorants);
        _folder.Write("power.png", PictureBytes.Flat(16, 10, 100, 200, PictureBytes.Iccp(power)));
        _folder.Write("gamma.png", PictureBytes.Flat(16, 10, 100, 200, ("gAMA", [0, 0, 0xB1, 0x8F]))); // 0.45455, what all write for sRGB
        _folder.Write("light.png", PictureBytes.Flat(16, 188, 188, 188, ("gAMA", [0, 1, 0x86, 0xA0]))); // 1.0: stored as light
        using TrainingData data = _folder.Build(16);
        Assert.Equal((10, 100, 200), data.Set.At("gamma.png", 8, 8));
        Assert.NotEqual((10, 100, 200), data.Set.At("power.png", 8, 8)); // in the dark, 2.2 is not sRGB's curve
        Assert.Equal(Stored(188 / 255.0), data.Set.At("light.png", 8, 8).G);
        Assert.Equal(2, data.Report.Converted);
    }

    [Fact]
    public void AProfileOfTablesIsSaidNotFollowed()
    {
        _folder.Fill(12);
        _folder.Write("t.png", PictureBytes.Flat(16, 10, 100, 200, PictureBytes.Iccp(PictureBytes.TableIcc())));
        _folder.Write("u.png", PictureBytes.Flat(16, 10, 100, 201, PictureBytes.Iccp([1, 2, 3])));
        using TrainingData data = _folder.Build(16);
        Assert.Equal((10, 100, 200), data.Set.At("t.png", 8, 8));
        Assert.Equal((0, 2), (data.Report.Converted, data.Report.ProfilesIgnored));
        Assert.Contains(data.Report.Warnings, w => w.StartsWith("2 pictures with a colour profile", StringComparison.Ordinal));
    }
}
