using AInimEngine.Core.Imaging;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

public sealed class I420ConverterTests
{
    [Theory]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(128, 128, 128, 126, 128, 128)]
    [InlineData(255, 0, 0, 63, 102, 240)]
    [InlineData(0, 255, 0, 173, 42, 26)]
    [InlineData(0, 0, 255, 32, 240, 118)]
    public void FlatColoursGiveTheValuesOfBt709(byte r, byte g, byte b, byte y, byte cb, byte cr)
    {
        byte[] rgba = new byte[64 * 4 * 4];
        for (int i = 0; i < rgba.Length; i += 4)
            (rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]) = (r, g, b, 7);
        byte[] planes = new byte[I420Converter.ByteCount(64, 4)];
        I420Converter.Convert(rgba, 64, 4, planes);
        Assert.All(planes[..256], v => Assert.Equal(y, v));
        Assert.All(planes[256..320], v => Assert.Equal(cb, v));
        Assert.All(planes[320..], v => Assert.Equal(cr, v));
    }

    [Fact]
    public void EveryPixelIsWithinOneLevelOfTheExactFormula()
    {
        byte[] rgba = Noise(128, 64);
        byte[] planes = new byte[I420Converter.ByteCount(128, 64)];
        I420Converter.Convert(rgba, 128, 64, planes);
        for (int i = 0; i < 128 * 64; i++)
        {
            double exact = 16 + 219 * (0.2126 * rgba[4 * i] + 0.7152 * rgba[4 * i + 1] + 0.0722 * rgba[4 * i + 2]) / 255;
            Assert.InRange(planes[i], exact - 0.51, exact + 0.51);
        }
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(160, 90)]
    [InlineData(62, 6)]
    [InlineData(34, 4)]
    [InlineData(1280, 32)]
    public void VectorsGiveExactlyWhatPlainArithmeticGives(int width, int height)
    {
        byte[] rgba = Noise(width, height);
        byte[] fast = new byte[I420Converter.ByteCount(width, height)], plain = new byte[fast.Length];
        I420Converter.Convert(rgba, width, height, fast);
        I420Converter.ConvertScalar(rgba, width, height, plain);
        Assert.Equal(plain, fast);
    }

    [Fact]
    public void TheScalerOfFfmpegAgreesWithinTwoLevels()
    {
        using var scratch = new Scratch();
        using Image picture = Pictures.Drift(320, 180, 3);
        picture.Bytes[..(320 * 4 * 32)].Fill(200); // no hard edge: ffmpeg filters chroma over more rows than our box
        for (int i = 320 * 32; i < 320 * 36; i++)
            picture.Bytes.Slice(i * 4, 4).Fill(200);
        File.WriteAllBytes(scratch["in.rgba"], picture.Bytes.ToArray());
        scratch.Make("out.yuv", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", "320x180", "-i", "in.rgba", "-vf",
            "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp,format=yuv420p", "-f", "rawvideo");
        byte[] theirs = File.ReadAllBytes(scratch["out.yuv"]), ours = new byte[theirs.Length];
        I420Converter.Convert(picture.Bytes, 320, 180, ours);
        // The rows next to the flat band's edge differ by the filters' reach.
        int edge = 320 * 40, chromaEdge = 160 * 22, luma = 320 * 180, chroma = luma / 4;
        Assert.InRange(Pictures.LargestDifference(ours.AsSpan(edge, luma - edge), theirs.AsSpan(edge, luma - edge)), 0, 1);
        foreach (int plane in new[] { luma, luma + chroma })
            Assert.InRange(Pictures.LargestDifference(ours.AsSpan(plane + chromaEdge, chroma - chromaEdge), theirs.AsSpan(plane + chromaEdge, chroma - chromaEdge)), 0, 2);
    }

    [Fact]
    public void ConvertingAllocatesNothing()
    {
        byte[] rgba = Noise(64, 64), planes = new byte[I420Converter.ByteCount(64, 64)];
        I420Converter.Convert(rgba, 64, 64, planes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            I420Converter.Convert(rgba, 64, 64, planes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void OddOrWrongSizesAreRefused()
    {
        Assert.Throws<ArgumentException>(() => I420Converter.Convert(new byte[3 * 2 * 4], 3, 2, new byte[9]));
        Assert.Throws<ArgumentException>(() => I420Converter.Convert(new byte[16], 2, 2, new byte[5]));
    }

    private static byte[] Noise(int width, int height)
    {
        byte[] bytes = new byte[width * height * 4];
        uint state = 12345;
        for (int i = 0; i < bytes.Length; i++)
        {
            state = state * 1664525 + 1013904223;
            bytes[i] = (byte)(state >> 24);
        }
        // Extremes in every lane.
        bytes.AsSpan(0, Math.Min(64, bytes.Length)).Fill(255);
        return bytes;
    }
}
