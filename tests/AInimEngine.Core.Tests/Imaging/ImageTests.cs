using AInimEngine.Core.Imaging;

namespace AInimEngine.Core.Tests.Imaging;

public sealed unsafe class ImageTests
{
    [Theory]
    [InlineData(1, 1, PixelFormat.Rgba8, 4)]
    [InlineData(3, 5, PixelFormat.Rgba16F, 120)]
    [InlineData(1280, 720, PixelFormat.PlanarRgbF32, 11059200)]
    public void IsAlignedClearedAndOfTheRightSize(int width, int height, PixelFormat format, int bytes)
    {
        using var image = new Image(width, height, format);
        Assert.Equal((width, height, bytes), (image.Width, image.Height, image.ByteCount));
        Assert.Equal(0u, (nuint)image.Pointer % 64);
        Assert.Equal(-1, image.Bytes.IndexOfAnyExcept((byte)0));
        Assert.Equal(bytes, image.Bytes.Length);
    }

    [Fact]
    public void IsClearedEvenWhenTheMemoryWasUsedBefore()
    {
        for (int i = 0; i < 8; i++)
        {
            using var image = new Image(64, 64, PixelFormat.Rgba8);
            Assert.Equal(-1, image.Bytes.IndexOfAnyExcept((byte)0));
            image.Bytes.Fill(0xAB);
        }
    }

    [Fact]
    public void TheLargestPictureFitsItsByteCountOrIsRefused()
    {
        Assert.Throws<OverflowException>(() => new Image(16384, 16384, PixelFormat.PlanarRgbF32).Dispose());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(16385, 1, PixelFormat.Rgba8).Dispose());
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(1, 0, PixelFormat.Rgba8).Dispose());
    }

    [Fact]
    public void AccessAfterDisposeThrowsAndDisposeMayBeCalledTwice()
    {
        var image = new Image(4, 4, PixelFormat.Rgba8);
        image.Dispose();
        image.Dispose();
        Assert.Throws<ObjectDisposedException>(() => image.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => (nint)image.Pointer);
        Assert.Throws<ObjectDisposedException>(() => image.As<float>().Length);
    }

    [Fact]
    public void CopiesOnlyBetweenPicturesOfTheSameKind()
    {
        using var source = new Image(4, 2, PixelFormat.Rgba8);
        using var target = new Image(4, 2, PixelFormat.Rgba8);
        using var taller = new Image(4, 3, PixelFormat.Rgba8);
        using var deeper = new Image(4, 2, PixelFormat.Rgba16F);
        source.Bytes.Fill(9);
        target.CopyFrom(source);
        Assert.Equal(-1, target.Bytes.IndexOfAnyExcept((byte)9));
        Assert.Throws<ArgumentException>(() => taller.CopyFrom(source));
        ArgumentException error = Assert.Throws<ArgumentException>(() => deeper.CopyFrom(source));
        Assert.Contains("4x2 Rgba8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DisposedPicturesGiveTheirMemoryBack()
    {
        if (!File.Exists("/proc/self/statm"))
            Assert.Skip("no /proc on this system to read resident memory from");
        Touch(8);
        long before = ResidentPages();
        Touch(512); // 2 GB, were it kept
        long grownMegabytes = (ResidentPages() - before) * Environment.SystemPageSize >> 20;
        Assert.InRange(grownMegabytes, long.MinValue, 64);
    }

    private static void Touch(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var image = new Image(1024, 1024, PixelFormat.Rgba8);
            image.Bytes[^1] = 1;
        }
    }

    private static long ResidentPages() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]);
}
