using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Safety;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests.Safety;

/// <summary>The limiter behind whatever is shown live.</summary>
public sealed class LiveLimiterTests
{
    [Fact]
    public void APictureThatIsDrawnWhereTheLimiterWantsItIsTheSameAsACopiedOne()
    {
        using GlContext context = GlContext.CreateHeadless();
        using var bench = new Bench(new PostChainSettings(160, 90, 80, 45, LimitFlashes: false), [Bench.Pass("vignette")], fps: new Rational(30, 1), context: context);
        using var copying = new LiveLimiter(context, 160, 90);
        using var direct = new LiveLimiter(context, 160, 90);
        int acted = 0;
        for (int frame = 0; frame < 60; frame++)
        {
            float value = frame / 3 % 2;
            TestPicture.Fill(bench.Picture, value, value, value);
            bench.Frame();
            uint[] copied = Pixels(copying.Apply(bench.Chain.Output, 1, frame / 30.0));
            bench.Chain.Render(bench.Controls, 1, direct.Target);
            Assert.Same(direct.Target, bench.Chain.Output);
            Assert.Equal(copied, Pixels(direct.Apply(bench.Chain.Output, 1, frame / 30.0)));
            acted += direct.Acted ? 1 : 0;
        }
        Assert.InRange(acted, 10, 59);
    }

    [Fact]
    public void WhatWasShownLastStaysWhenTheNextPictureIsDrawn()
    {
        using GlContext context = GlContext.CreateHeadless();
        using var bench = new Bench(new PostChainSettings(160, 90, 80, 45, LimitFlashes: false), [], fps: new Rational(30, 1), context: context);
        using var limiter = new LiveLimiter(context, 160, 90);
        for (int frame = 0; frame < 30; frame++)
        {
            float value = frame / 3 % 2;
            TestPicture.Fill(bench.Picture, value, value, value);
            bench.Chain.Upload(bench.Picture);
            bench.Chain.Render(bench.Controls, 1, limiter.Target);
            GlTexture shown = limiter.Apply(bench.Chain.Output, 1, frame / 30.0);
            uint[] before = Pixels(shown);
            bench.Chain.Render(bench.Controls, 1, limiter.Target);
            Assert.NotSame(shown, limiter.Target);
            Assert.Equal(before, Pixels(shown));
        }
    }

    private static unsafe uint[] Pixels(GlTexture texture)
    {
        uint[] pixels = new uint[texture.Width * texture.Height];
        fixed (uint* start = pixels)
            texture.Read(start);
        return pixels;
    }
}
