using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Overlay;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Presenting;

namespace AInimEngine.Rendering.Tests;

public sealed unsafe class OverlayTests
{
    private const int Width = 200, Height = 80;
    private static readonly OverlayColor White = new(255, 255, 255);

    private static byte[] Draw(Action<OverlayCanvas> shapes)
    {
        using GlContext context = GlContext.CreateHeadless();
        byte[] pixels = new byte[Width * Height * 4];
        using (var canvas = new OverlayCanvas(context, 16, 32))
        using (var picture = new GlTexture(context, Width, Height, InternalFormat.Rgba8, target: true))
        {
            picture.Clear();
            canvas.Begin(picture);
            shapes(canvas);
            canvas.End();
            fixed (byte* start = pixels)
                picture.Read(start);
        }
        context.CheckErrors("an overlay");
        Assert.Equal(0, context.LiveObjects);
        return pixels;
    }

    private static int Lit(byte[] pixels, int left, int top, int width, int height)
    {
        int count = 0;
        for (int y = top; y < top + height; y++)
            for (int x = left; x < left + width; x++)
                count += pixels[(y * Width + x) * 4] > 127 ? 1 : 0;
        return count;
    }

    [Fact]
    public void ARectangleCoversItsPixelsAndNoOthers()
    {
        byte[] pixels = Draw(canvas => canvas.Rect(10, 20, 30, 5, new OverlayColor(255, 128, 0)));
        Assert.Equal(30 * 5, Lit(pixels, 0, 0, Width, Height));
        Assert.Equal(30 * 5, Lit(pixels, 10, 20, 30, 5));
        Assert.Equal((255, 128, 0), (pixels[(20 * Width + 10) * 4], pixels[(20 * Width + 10) * 4 + 1], pixels[(20 * Width + 10) * 4 + 2]));
    }

    [Fact]
    public void OpacityMixesWithWhatIsBelow()
    {
        byte[] pixels = Draw(canvas =>
        {
            canvas.Rect(0, 0, Width, Height, new OverlayColor(200, 0, 0));
            canvas.Rect(0, 0, Width, Height, new OverlayColor(0, 100, 0).WithOpacity(0.5f));
        });
        Assert.InRange(pixels[0], 98, 102);
        Assert.InRange(pixels[1], 48, 52);
    }

    [Fact]
    public void TextStandsWhereItWasAskedForUprightAndNotMirrored()
    {
        byte[] pixels = Draw(canvas => Assert.Equal(10 + canvas.TextWidth("L", 1), canvas.Text(10, 20, White, "L", 1)));
        // An L has its foot at the bottom and its stem at the left.
        int all = Lit(pixels, 0, 0, Width, Height);
        Assert.InRange(all, 40, 400);
        (int top, int bottom, int left, int right) = (Height, 0, Width, 0);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                if (pixels[(y * Width + x) * 4] > 127)
                    (top, bottom, left, right) = (Math.Min(top, y), Math.Max(bottom, y), Math.Min(left, x), Math.Max(right, x));
        Assert.InRange(left, 10, 18);
        Assert.InRange(top, 20, 32);
        Assert.InRange(bottom - top, 20, 28); // capitals are about 0.73 em high
        Assert.Equal(right - left + 1, Lit(pixels, left, bottom, right - left + 1, 1));
        Assert.InRange(Lit(pixels, left, top, right - left + 1, 1), 1, 6);
        Assert.Equal(bottom - top + 1, Lit(pixels, left + 1, top, 1, bottom - top + 1));
    }

    [Fact]
    public void LettersOverTheRightEdgeAreLeftOutAndLinesBreakAtSpaces()
    {
        byte[] pixels = Draw(canvas =>
        {
            canvas.RightEdge = 100;
            Assert.Equal(10 + canvas.TextWidth("MMMMMMMMMMMMMMMMMMMM"), canvas.Text(10, 20, White, "MMMMMMMMMMMMMMMMMMMM"));
            Assert.Equal(4, canvas.Fit("some words", canvas.TextWidth("some wor")));
            Assert.Equal(8, canvas.Fit("somewords", canvas.TextWidth("somewor8")));
            Assert.Equal(10, canvas.Fit("some words", canvas.TextWidth("some words")));
        });
        Assert.True(Lit(pixels, 0, 0, 100, Height) > 100);
        Assert.Equal(0, Lit(pixels, 100, 0, Width - 100, Height));
    }

    [Fact]
    public void NumbersInTextAreFormattedAsEverywhereAndTooMuchIsLeftOut()
    {
        float whole = 0, pieces = 0;
        byte[] first = Draw(canvas => whole = canvas.Text(5, 5, White, $"{-1.5,6:f2}|{42,-4}|{"text"}"));
        byte[] second = Draw(canvas => pieces = canvas.Text(5, 5, White, " -1.50|42  |text"));
        Assert.Equal(second, first);
        Assert.Equal(pieces, whole);
        Draw(canvas => canvas.Text(0, 0, White, $"{new string('x', 600)}{1234567}"));
    }

    [Fact]
    public void MoreThanFitsOneDrawIsDrawnAllTheSame()
    {
        byte[] pixels = Draw(canvas =>
        {
            for (int i = 0; i < Width * Height; i++)
                canvas.Rect(i % Width, i / Width, 1, 1, White);
        });
        Assert.Equal(Width * Height, Lit(pixels, 0, 0, Width, Height));
    }

    [Fact]
    public void TheTestPatternsCirclesAreRoundAndItsNumberMoves()
    {
        using GlContext context = GlContext.CreateHeadless();
        byte[] pixels = new byte[320 * 180 * 4], next = new byte[pixels.Length];
        using (var canvas = new OverlayCanvas(context, 12))
        using (var pattern = new TestPattern(context, 320, 180))
        {
            fixed (byte* start = pixels)
                pattern.Draw(canvas, 1, 0.25).Read(start);
            fixed (byte* start = next)
                pattern.Draw(canvas, 2, 0.25).Read(start);
        }
        Assert.False(pixels.AsSpan().SequenceEqual(next));
        // The large ring is 4.4 ninths of the height from the middle, to the right as well as upwards.
        Assert.InRange(pixels[(90 * 320 + 160 + 88) * 4], 200, 255);
        Assert.InRange(pixels[((90 - 88) * 320 + 160) * 4], 200, 255);
        Assert.Equal(0, context.LiveObjects);
    }

    [Theory]
    [InlineData(1600, 900, 1024, 768, PictureFit.Letterbox, 0, 96, 1024, 576)]
    [InlineData(1600, 900, 1024, 768, PictureFit.Fill, -170, 0, 1365, 768)]
    [InlineData(100, 100, 300, 100, PictureFit.Letterbox, 100, 0, 100, 100)]
    [InlineData(100, 100, 300, 100, PictureFit.Stretch, 0, 0, 300, 100)]
    public void APictureIsPlacedInTheMiddle(int width, int height, int windowWidth, int windowHeight, PictureFit fit, int x, int y, int w, int h)
    {
        PicturePlace place = PicturePlace.Of(width, height, windowWidth, windowHeight, fit);
        Assert.Equal(new PicturePlace(x, y, w, h), place);
        Assert.Equal(fit != PictureFit.Letterbox, place.Covers(windowWidth, windowHeight));
    }
}
