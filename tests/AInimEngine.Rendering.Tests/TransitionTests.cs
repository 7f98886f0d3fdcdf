using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Tests.Support;
using AInimEngine.Rendering.Transitions;

namespace AInimEngine.Rendering.Tests;

public sealed unsafe class TransitionTests
{
    private const int Width = 160, Height = 90;

    private static GlTexture Picture(GlContext context, Action<Image> draw)
    {
        using var image = new Image(Width, Height, Core.Imaging.PixelFormat.Rgba8);
        draw(image);
        var texture = new GlTexture(context, Width, Height, InternalFormat.Rgba8, target: true);
        texture.Write(image.Pointer);
        return texture;
    }

    private static byte[] Read(GlTexture texture)
    {
        byte[] bytes = new byte[Width * Height * 4];
        fixed (byte* start = bytes)
            texture.Read(start);
        return bytes;
    }

    private static double Light(byte[] pixels)
    {
        double sum = 0;
        for (int i = 0; i < pixels.Length; i += 4)
            sum += 0.2126 * Bench.ToLinear(pixels[i] / 255.0) + 0.7152 * Bench.ToLinear(pixels[i + 1] / 255.0) + 0.0722 * Bench.ToLinear(pixels[i + 2] / 255.0);
        return sum / (Width * Height);
    }

    [Fact]
    public void EveryTransitionBeginsAndEndsWithThePicturesAndNeverFlashes()
    {
        using GlContext context = GlContext.CreateHeadless();
        TransitionLibrary library = TransitionLibrary.Load();
        Assert.True(library.Shaders.Count >= 6);
        using (GlTexture from = Picture(context, image => TestPicture.Draw(image, 0)))
        using (GlTexture to = Picture(context, image => TestPicture.Draw(image, 5, seed: 11)))
        {
            byte[] start = Read(from), end = Read(to);
            double low = Math.Min(Light(start), Light(end)), high = Math.Max(Light(start), Light(end));
            foreach (TransitionShader shader in library.Shaders)
            {
                Assert.NotEmpty(shader.Description);
                using var transition = new Transition(context, shader, Width, Height);
                Assert.True(start.AsSpan().SequenceEqual(Read(transition.Draw(from, to, 0))), $"{shader.Name} does not begin with the old picture");
                Assert.True(end.AsSpan().SequenceEqual(Read(transition.Draw(from, to, 1))), $"{shader.Name} does not end with the new picture");
                byte[] middle = Read(transition.Draw(from, to, 0.5f));
                Assert.False(middle.AsSpan().SequenceEqual(start) || middle.AsSpan().SequenceEqual(end), $"{shader.Name} jumps");
                double last = Light(start);
                for (int i = 1; i < 24; i++)
                {
                    double light = Light(Read(transition.Draw(from, to, i / 24f)));
                    // WCAG counts a swing from a tenth of full light: none comes near it, in one step or in all.
                    Assert.InRange(light, low - 0.05, high + 0.05);
                    Assert.InRange(light - last, -0.05, 0.05);
                    last = light;
                }
            }
        }
        context.CheckErrors("transitions");
        Assert.Equal(0, context.LiveObjects);
    }

    [Fact]
    public void ADissolveBetweenPicturesOfOneBrightnessStaysAtIt()
    {
        using GlContext context = GlContext.CreateHeadless();
        using GlTexture from = Picture(context, image => TestPicture.Draw(image, 0));
        // The same picture mirrored: other content, the same light.
        byte[] pixels = Read(from), mirrored = new byte[pixels.Length];
        for (int i = 0; i < Width * Height; i++)
            pixels.AsSpan((i / Width * Width + Width - 1 - i % Width) * 4, 4).CopyTo(mirrored.AsSpan(i * 4));
        using GlTexture to = Picture(context, image => mirrored.CopyTo(image.Bytes));
        using var transition = new Transition(context, TransitionLibrary.Load().Get("dissolve"), Width, Height);
        double expected = Light(pixels);
        foreach (float progress in new[] { 0.2f, 0.5f, 0.7f })
            Assert.Equal(expected, Light(Read(transition.Draw(from, to, progress))), 0.01 * expected);
    }

    [Fact]
    public void AnUnknownTransitionListsThoseThereAreAndABrokenOneNamesItsLine()
    {
        var unknown = Assert.Throws<AInimException>(() => TransitionLibrary.Load().Get("explode"));
        Assert.Contains("dissolve", unknown.Message);
        using GlContext context = GlContext.CreateHeadless();
        var broken = new TransitionShader("broken", "broken.frag", "", "// a comment\nvec3 transition(vec2 uv) { return nothing; }\n");
        var error = Assert.Throws<AInimException>(() => new Transition(context, broken, 16, 16));
        Assert.Contains("'broken.frag' line 2", error.Message);
        Assert.Equal(0, context.LiveObjects);
    }
}
