using AInimEngine.Core.Imaging;
using AInimEngine.Core.State;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

/// <summary>The same inputs give the same bytes, however often a render is begun, stopped and continued.</summary>
public sealed class StateTests
{
    private static readonly PostChainSettings Small = new(160, 90, 80, 45);

    private static Bench Make() => new(Small,
        [Bench.Pass("displace", ("speed", 2), ("ripple", 0.05f)), Bench.Pass("feedback", ("rotate", 20), ("hue", 60)), Bench.Pass("bloom"), Bench.Pass("feedback") with { Id = "echo" }, Bench.Pass("grade"), Bench.Pass("grain"), Bench.Pass("vignette")],
        [Bench.Field("post.displace.amount")]);

    private static string[] Run(Bench bench, int frames)
    {
        string[] hashes = new string[frames];
        for (int i = 0; i < frames; i++)
        {
            TestPicture.Draw(bench.Picture, bench.NextFrame / 30.0);
            bench.Set("post.displace.amount", 0.02f * (bench.NextFrame % 5));
            bench.Frame();
            hashes[i] = bench.Hash();
        }
        return hashes;
    }

    [Fact]
    public void TwoContextsAndAResetGiveTheSameBytes()
    {
        using Bench first = Make();
        string[] expected = Run(first, 6);
        Assert.Equal(6, expected.Distinct().Count());
        first.Chain.Reset();
        first.NextFrame = 0;
        Assert.Equal(expected, Run(first, 6));
        string[]? other = null;
        var thread = new Thread(() =>
        {
            using Bench second = Make();
            other = Run(second, 6);
        });
        thread.Start();
        thread.Join();
        Assert.Equal(expected, other);
    }

    [Fact]
    public void ASavedChainGoesOnBitForBitInAnotherContext()
    {
        using Bench whole = Make();
        string[] expected = Run(whole, 10);
        using var stream = new MemoryStream();
        string[] start;
        using (Bench first = Make())
        {
            start = Run(first, 5);
            var writer = new StateWriter(stream);
            first.Chain.Save(writer);
            writer.Flush();

            // Saving changes nothing.
            Assert.Equal(expected[5..], Run(first, 5));
        }
        Assert.Equal(expected[..5], start);

        stream.Position = 0;
        using Bench second = Make();
        second.NextFrame = 40;
        Run(second, 3);
        second.Chain.Restore(new StateReader(stream));
        second.NextFrame = 5;
        Assert.Equal(expected[5..], Run(second, 5));

        using var again = new MemoryStream();
        using Bench third = Make();
        stream.Position = 0;
        third.Chain.Restore(new StateReader(stream));
        var copy = new StateWriter(again);
        third.Chain.Save(copy);
        copy.Flush();
        Assert.Equal(stream.ToArray(), again.ToArray());
    }

    [Fact]
    public void TheStateOfAnotherChainIsRefused()
    {
        using Bench bench = Make();
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        bench.Chain.Save(writer);
        writer.Flush();
        stream.Position = 0;
        using var other = new Bench(Small, [Bench.Pass("feedback")]);
        Assert.Throws<InvalidDataException>(() => other.Chain.Restore(new StateReader(stream)));
    }

    [Fact]
    public void ReadingBackOneFrameLateGivesTheSamePictures()
    {
        using Bench direct = Make();
        string[] expected = Run(direct, 5);
        using Bench late = Make();
        var hashes = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            TestPicture.Draw(late.Picture, i / 30.0);
            late.Set("post.displace.amount", 0.02f * (i % 5));
            late.Controls.Time = new Core.Time.FrameTime(i, late.Fps);
            late.Chain.Render(late.Controls, late.Picture);
            late.Chain.BeginRead();
            if (i > 0)
                End();
        }
        End();
        Assert.Equal(expected, hashes);

        void End()
        {
            late.Chain.EndRead(late.Output);
            hashes.Add(late.Hash());
        }
    }

    [Fact]
    public void ReadsThatDoNotPairAreRefused()
    {
        using Bench bench = Make();
        Assert.Throws<InvalidOperationException>(() => bench.Chain.EndRead(bench.Output));
        bench.Chain.Render(bench.Controls, bench.Picture);
        bench.Chain.BeginRead();
        using var stream = new MemoryStream();
        Assert.Throws<InvalidOperationException>(() => bench.Chain.Save(new StateWriter(stream)));
        bench.Chain.BeginRead();
        Assert.Throws<InvalidOperationException>(bench.Chain.BeginRead);
        using var wrong = new Image(8, 8, PixelFormat.Rgba8);
        Assert.Throws<ArgumentException>(() => bench.Chain.EndRead(wrong));
        using var picture = new Image(8, 8, PixelFormat.Rgba16F);
        Assert.Throws<ArgumentException>(() => bench.Chain.Render(bench.Controls, picture));
    }

    [Fact]
    public void AFrameAllocatesNothing()
    {
        using Bench bench = Make();
        TestPicture.Draw(bench.Picture, 0);
        for (int i = 0; i < 3; i++)
            bench.Frame();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            bench.Frame();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void BuildingAndFreeingChainsLeavesNoObjects()
    {
        using GlContext context = GlContext.CreateHeadless();
        for (int i = 0; i < 5; i++)
        {
            using (var bench = new Bench(Small, [Bench.Pass("feedback"), Bench.Pass("bloom"), Bench.Pass("grain")], context: context))
            {
                bench.Frame();
                Assert.True(context.LiveObjects > 20);
            }
            Assert.Equal(0, context.LiveObjects);
        }
        context.CheckErrors("the end");
    }
}
