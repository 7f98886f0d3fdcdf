using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Media.Tests;

public sealed class ImageFileTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(160, 90)]
    public void FfmpegReadsBackEveryBitOfASavedPicture(int width, int height)
    {
        using Image picture = width > 10 ? Pictures.Drift(width, height, 4) : Noise(width, height);
        ImageFile.Save(picture, _scratch["p.png"], keepAlpha: true);
        using Image back = ImageFile.Load(_scratch["p.png"]);
        Assert.Equal((width, height), (back.Width, back.Height));
        Assert.True(picture.Bytes.SequenceEqual(back.Bytes));
    }

    [Fact]
    public void WithoutAlphaThePictureIsOpaque()
    {
        using Image picture = Noise(8, 8);
        ImageFile.Save(picture, _scratch["p.png"]);
        using Image back = ImageFile.Load(_scratch["p.png"]);
        for (int i = 0; i < back.ByteCount; i++)
            Assert.Equal(i % 4 == 3 ? 255 : picture.Bytes[i], back.Bytes[i]);
    }

    [Fact]
    public void FloatPicturesKeepSixteenBitsAndGetTheSrgbTransfer()
    {
        using var planar = new Image(4, 1, PixelFormat.PlanarRgbF32);
        float[] reds = [0, 0.25f, 1, float.NaN];
        reds.CopyTo(planar.As<float>());
        using var linear = new Image(4, 1, PixelFormat.Rgba16F, ColorSpace.LinearSrgb);
        Half[] values = [(Half)0, (Half)0.2140411f, (Half)7, (Half)(-1)];
        for (int i = 0; i < 4; i++)
            linear.As<Half>()[4 * i] = values[i];
        Assert.Equal([0, 16384, 65535, 0], Reds(planar));
        ushort[] curved = Reds(linear);
        Assert.InRange(curved[1], 32768 - 20, 32768 + 20);
        Assert.Equal((0, 65535, 0), (curved[0], curved[2], curved[3]));

        ushort[] Reds(Image image)
        {
            ImageFile.Save(image, _scratch["f.png"]);
            _scratch.Make("f.raw", "-f", "png_pipe", "-i", "f.png", "-pix_fmt", "rgb48le", "-f", "rawvideo");
            byte[] raw = File.ReadAllBytes(_scratch["f.raw"]);
            return [.. Enumerable.Range(0, 4).Select(i => BitConverter.ToUInt16(raw, i * 6))];
        }
    }

    [Theory]
    [InlineData("p.jpg", "mjpeg", "image2pipe")]
    [InlineData("p.bmp", "bmp", "image2pipe")]
    [InlineData("p.webp", "libwebp", "webp")]
    [InlineData("p.tiff", "tiff", "image2pipe")]
    [InlineData("p.ppm", "ppm", "image2pipe")]
    [InlineData("p.gif", "gif", "gif")]
    [InlineData("%d it's.png", "png", "image2pipe")]
    [InlineData("wrong.txt", "png", "image2pipe")]
    public void PicturesAreKnownByContentNotByName(string name, string codec, string format)
    {
        _scratch.Make(name, "-f", "lavfi", "-i", "color=c=0x4949AA:s=64x64,format=rgb24,scale=33:17", "-frames:v", "1", "-c:v", codec, "-f", format);
        using Image picture = ImageFile.Load(_scratch[name]);
        Assert.Equal((33, 17), (picture.Width, picture.Height));
        Assert.InRange(picture.Bytes[0], 0x49 - 12, 0x49 + 12);
        Assert.InRange(picture.Bytes[2], 0xAA - 12, 0xAA + 12);
    }

    [Fact]
    public void WhatIsNoPictureIsRefused()
    {
        File.WriteAllText(_scratch["t.png"], "no picture at all");
        File.WriteAllBytes(_scratch["cut.png"], [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0]);
        foreach (string name in new[] { "t.png", "cut.png", "missing.png", "%d.png" })
        {
            AInimException error = Assert.Throws<AInimException>(() => ImageFile.Load(_scratch[name]));
            Assert.Equal(ExitCode.Input, error.ExitCode);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void AFolderThatIsMissingIsAnOutputError()
    {
        using Image picture = Noise(2, 2);
        Assert.Equal(ExitCode.Output, Assert.Throws<AInimException>(() => ImageFile.Save(picture, _scratch["no/p.png"])).ExitCode);
    }

    private static Image Noise(int width, int height)
    {
        var image = new Image(width, height, PixelFormat.Rgba8);
        uint state = 7;
        foreach (ref byte b in image.Bytes)
        {
            state = state * 1664525 + 1013904223;
            b = (byte)(state >> 24);
        }
        return image;
    }
}
