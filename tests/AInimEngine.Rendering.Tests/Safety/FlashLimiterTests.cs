using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Safety;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests.Safety;

/// <summary>The limiter as the last step of a chain: judged by what comes back from it.</summary>
public sealed class FlashLimiterTests
{
    private static readonly PostChainSettings Limited = new(160, 90, 80, 45);

    private static Bench Make(PostChainSettings settings, int fps = 30, GlContext? context = null) =>
        new(settings, [Bench.Pass("vignette")], fps: new Rational(fps, 1), context: context);

    [Fact]
    public void ACalmPictureIsTheSameWithItAndWithoutIt()
    {
        string[] limited = Run(Limited);
        Assert.Equal(Run(Limited with { LimitFlashes = false }), limited);

        static string[] Run(PostChainSettings settings)
        {
            using Bench bench = Make(settings);
            var meter = new FlashMeter(FlashGrid.For(160, 90));
            string[] hashes = new string[60];
            for (int i = 0; i < hashes.Length; i++)
            {
                TestPicture.Draw(bench.Picture, i / 90.0);
                bench.Frame();
                hashes[i] = bench.Hash();
                Assert.False(bench.Chain.FlashesLimited, $"frame {i}");
                Assert.InRange(Measure(meter, bench, i, 30).General, 0, 2.5f);
            }
            return hashes;
        }
    }

    [Theory]
    [InlineData(24)]
    [InlineData(60)]
    public void AStrobePassesAndKeepsItsMean(int fps)
    {
        using GlContext context = GlContext.CreateHeadless();
        using Bench bench = Make(Limited, fps, context);
        using Bench bare = Make(Limited with { LimitFlashes = false }, fps, context);
        FlashReading limited = default, unlimited = default;
        FlashMeter first = new(FlashGrid.For(160, 90)), second = new(FlashGrid.For(160, 90));
        double light = 0, bareLight = 0;
        for (int frame = 0; frame < 4 * fps; frame++)
        {
            foreach (Bench one in (Bench[])[bench, bare])
            {
                TestPicture.Fill(one.Picture, Flash(frame, fps), Flash(frame, fps), Flash(frame, fps));
                one.Frame();
            }
            limited = FlashFilm.Max(limited, Measure(first, bench, frame, fps));
            unlimited = FlashFilm.Max(unlimited, Measure(second, bare, frame, fps));
            if (frame < 3 * fps)
                continue;
            light += Light(bench);
            bareLight += Light(bare);
        }
        Assert.True(unlimited.Fails);
        Assert.False(limited.Fails, $"{limited}");
        Assert.True(bench.Chain.FlashesLimited);
        Assert.InRange(light / bareLight, 0.85, 1.15);
    }

    [Fact]
    public void WhatDoesNotFlashIsUntouchedAwayFromWhatDoes()
    {
        using GlContext context = GlContext.CreateHeadless();
        using Bench bench = Make(Limited, context: context);
        using Bench bare = Make(Limited with { LimitFlashes = false }, context: context);
        int acted = 0;
        for (int frame = 0; frame < 60; frame++)
        {
            foreach (Bench one in (Bench[])[bench, bare])
            {
                for (int y = 0; y < 45; y++)
                    for (int x = 0; x < 80; x++)
                    {
                        float value = x < 36 ? Flash(frame, 30) : 0.5f + 0.3f * MathF.Sin(0.15f * (x + y - frame));
                        TestPicture.Set(one.Picture, x, y, value, 0.6f * value, value * value);
                    }
                one.Frame();
            }
            acted += bench.Chain.FlashesLimited ? 1 : 0;
            for (int y = 0; y < 90; y++)
                Assert.True(bench.Output.Bytes.Slice((y * 160 + 120) * 4, 160).SequenceEqual(bare.Output.Bytes.Slice((y * 160 + 120) * 4, 160)), $"frame {frame} row {y}");
        }
        Assert.InRange(acted, 35, 50);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(17)]
    [InlineData(40)]
    [InlineData(75)]
    public void ASavedChainGoesOnBitForBit(int at)
    {
        using Bench whole = Make(Limited);
        using var stream = new MemoryStream();
        var hashes = new List<string>();
        for (int frame = 0; frame < 100; frame++)
        {
            if (frame == at)
            {
                var writer = new StateWriter(stream);
                whole.Chain.Save(writer);
                writer.Flush();
            }
            Strobe(whole, frame);
            if (frame >= at)
                hashes.Add(whole.Hash());
        }
        using Bench second = Make(Limited);
        for (int frame = 0; frame < 23; frame++)
            Strobe(second, frame);
        stream.Position = 0;
        second.Chain.Restore(new StateReader(stream));
        second.NextFrame = at;
        for (int frame = at; frame < 100; frame++)
        {
            Strobe(second, frame);
            Assert.Equal(hashes[frame - at], second.Hash());
        }
    }

    [Fact]
    public void AfterAResetTheSamePicturesComeOut()
    {
        using Bench bench = Make(Limited);
        string[] first = Run();
        bench.Chain.Reset();
        bench.NextFrame = 0;
        Assert.Equal(first, Run());

        string[] Run()
        {
            string[] hashes = new string[50];
            for (int frame = 0; frame < hashes.Length; frame++)
            {
                Strobe(bench, frame);
                hashes[frame] = bench.Hash();
            }
            return hashes;
        }
    }

    [Fact]
    public void LimitingAllocatesNothing()
    {
        using Bench bench = Make(Limited);
        for (int frame = 0; frame < 40; frame++)
            Strobe(bench, frame);
        Assert.True(bench.Chain.FlashesLimited);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int frame = 40; frame < 60; frame++)
            bench.Frame();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TheBlocksOfTheGpuAreThoseOfTheProcessor()
    {
        using var context = GlContext.CreateHeadless();
        FlashGrid grid = FlashGrid.For(160, 90);
        using (var bench = new Bench(Limited with { LimitFlashes = false }, [], context: context))
        using (var picture = new GlTexture(context, 160, 90, OpenGL.InternalFormat.Rgba8, target: true))
        using (var reader = new BlockReader(context, grid, 160, 90))
        {
            TestPicture.Draw(bench.Picture, 1);
            bench.Frame();
            Write(picture, bench.Output);
            float[] blocks = new float[grid.Count * 4], expected = new float[grid.Count * 4];
            reader.Draw(picture);
            reader.Read(blocks);
            PictureBlocks.Reduce(bench.Output.Bytes, 160, 90, grid, expected);
            for (int i = 0; i < blocks.Length; i++)
                Assert.Equal(expected[i], blocks[i], 0.004);
        }

        static unsafe void Write(GlTexture texture, Core.Imaging.Image image) => texture.Write(image.Pointer);
    }

    private static float Flash(int frame, int fps) => FlashFilm.Phase(6, (double)frame / fps) < 0.5 ? 1 : 0.1f;

    // Flashes for two seconds, with something else to see in it, then does not.
    private static void Strobe(Bench bench, int frame)
    {
        TestPicture.Draw(bench.Picture, frame / 30.0);
        if (frame < 60 && Flash(frame, 30) < 1)
            TestPicture.Fill(bench.Picture, 0.9f, 0.1f, 0.2f);
        bench.Frame();
    }

    private static double Light(Bench bench)
    {
        double sum = 0;
        for (int i = 1; i < bench.Output.ByteCount; i += 4)
            sum += Bench.ToLinear(bench.Output.Bytes[i] / 255.0);
        return sum;
    }

    private static FlashReading Measure(FlashMeter meter, Bench bench, int frame, int fps)
    {
        float[] blocks = new float[meter.Grid.Count * 4];
        PictureBlocks.Reduce(bench.Output.Bytes, 160, 90, meter.Grid, blocks);
        return meter.Add(blocks, (double)frame / fps);
    }
}
