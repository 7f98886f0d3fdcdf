using AInimEngine.Core.Imaging;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

public sealed unsafe class OutputReaderTests
{
    private static GlTexture Upload(GlContext context, Image image)
    {
        var texture = new GlTexture(context, image.Width, image.Height, InternalFormat.Rgba8, target: false);
        texture.Write(image.Pointer);
        return texture;
    }

    private static void Take(OutputReader reader, byte[] output, long expected)
    {
        long frame = -1;
        XServer.Until(() => reader.TryRead(output, out frame), "a picture's return");
        Assert.Equal(expected, frame);
    }

    // Chroma planes that end in the middle of a texture's row, too.
    [Theory]
    [InlineData(64, 36)]
    [InlineData(66, 38)]
    public void Yuv420IsWhatTheStandardsArithmeticGives(int width, int height)
    {
        using GlContext context = GlContext.CreateHeadless();
        using var image = new Image(width, height, Core.Imaging.PixelFormat.Rgba8);
        TestPicture.Draw(image, 0);
        byte[] got = new byte[width * height * 3 / 2], expected = new byte[got.Length];
        using (GlTexture picture = Upload(context, image))
        using (var reader = new OutputReader(context, width, height, OutputFormat.Yuv420))
        {
            Assert.Equal(got.Length, reader.ByteCount);
            Assert.True(reader.TryBegin(picture, 7));
            Take(reader, got, 7);
        }
        double Channel(int x, int y, int channel) => image.Bytes[(y * width + x) * 4 + channel] / 255.0;
        double Y(double r, double g, double b) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
        byte Code(double value) => (byte)Math.Round(value);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                expected[y * width + x] = Code(16 + 219 * Y(Channel(x, y, 0), Channel(x, y, 1), Channel(x, y, 2)));
        int plane = width * height / 4;
        for (int y = 0; y < height / 2; y++)
            for (int x = 0; x < width / 2; x++)
            {
                double Mean(int c) => (Channel(2 * x, 2 * y, c) + Channel(2 * x + 1, 2 * y, c) + Channel(2 * x, 2 * y + 1, c) + Channel(2 * x + 1, 2 * y + 1, c)) / 4;
                double luma = Y(Mean(0), Mean(1), Mean(2));
                expected[width * height + y * (width / 2) + x] = Code(128 + 224 * (Mean(2) - luma) / 1.8556);
                expected[width * height + plane + y * (width / 2) + x] = Code(128 + 224 * (Mean(0) - luma) / 1.5748);
            }
        for (int i = 0; i < got.Length; i++)
            Assert.InRange(got[i] - expected[i], -1, 1);
        Assert.Equal(0, context.LiveObjects);
    }

    [Fact]
    public void ARingThatIsFullDropsAndCountsAndTheOrderStays()
    {
        using GlContext context = GlContext.CreateHeadless();
        byte[] output = new byte[32 * 16 * 4];
        using var image = new Image(32, 16, Core.Imaging.PixelFormat.Rgba8);
        using (var reader = new OutputReader(context, 32, 16, OutputFormat.Rgba8, depth: 2))
        {
            Assert.False(reader.TryRead(output, out _));
            for (int i = 0; i < 3; i++)
            {
                TestPicture.Fill(image, i * 0.2f, 0, 1);
                using GlTexture picture = Upload(context, image);
                Assert.Equal(i < 2, reader.TryBegin(picture, 100 + i));
            }
            Assert.Equal((1, 2), (reader.Dropped, reader.UnderWay));
            for (int i = 0; i < 2; i++)
            {
                Take(reader, output, 100 + i);
                Assert.Equal((byte)(i * 0.2f * 255 + 0.5f), output[0]);
                Assert.Equal(255, output[2]);
            }
            using (GlTexture again = Upload(context, image))
            {
                reader.TryBegin(again, 200);
                Take(reader, output, 200);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 20; i++)
                {
                    reader.TryBegin(again, i);
                    reader.TryRead(output, out _);
                }
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }
        }
        context.CheckErrors("reading back");
        Assert.Equal(0, context.LiveObjects);
        Assert.Throws<ArgumentException>(() => new OutputReader(context, 33, 16, OutputFormat.Yuv420));
    }
}
