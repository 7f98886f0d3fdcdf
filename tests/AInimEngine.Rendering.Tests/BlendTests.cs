using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Shaders;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

/// <summary>Pictures between the generator's last two, and chains that are built while another one plays.</summary>
public sealed class BlendTests
{
    private static readonly PostChainSettings Small = new(160, 90, 80, 45, Blends: true);

    private static void Show(Bench bench, float blend)
    {
        bench.Controls.Time = new FrameTime(bench.NextFrame++, bench.Fps);
        bench.Chain.Render(bench.Controls, blend);
        bench.Chain.BeginRead();
        bench.Chain.EndRead(bench.Output);
    }

    [Theory]
    [InlineData(PixelFormat.Rgba8)]
    [InlineData(PixelFormat.Rgba16F)]
    [InlineData(PixelFormat.PlanarRgbF32)]
    public void TheEndsOfABlendAreThePicturesThemselvesBitForBit(PixelFormat format)
    {
        PostChainSettings settings = Small with { SourceFormat = format };
        using var plain = new Bench(settings with { Blends = false }, []);
        using var bench = new Bench(settings, [], context: plain.Context);
        string[] expected = new string[2];
        for (int i = 0; i < 2; i++)
        {
            TestPicture.Draw(plain.Picture, i);
            plain.Frame();
            expected[i] = plain.Hash();
            bench.Picture.CopyFrom(plain.Picture);
            bench.Chain.Upload(bench.Picture);
            Show(bench, 1);
            Assert.Equal(expected[i], bench.Hash());
        }
        Show(bench, 0);
        Assert.Equal(expected[0], bench.Hash());
        Show(bench, 0.5f);
        Assert.DoesNotContain(bench.Hash(), expected);
        Show(bench, 7);
        Assert.Equal(expected[1], bench.Hash());
    }

    [Fact]
    public void ABlendMixesLightAndNotDisplayValues()
    {
        using var bench = new Bench(Small, []);
        TestPicture.Fill(bench.Picture, 0, 1, 0.5f);
        bench.Chain.Upload(bench.Picture);
        Show(bench, 1);
        TestPicture.Fill(bench.Picture, 1, 0, 0.5f);
        bench.Chain.Upload(bench.Picture);
        foreach (float blend in new[] { 0.25f, 0.5f, 0.8f })
        {
            Show(bench, blend);
            Assert.Equal(Bench.ToDisplay(blend), bench.Mean(0), 0.004);
            Assert.Equal(Bench.ToDisplay(1 - blend), bench.Mean(1), 0.004);
            Assert.Equal(0.5, bench.Mean(2), 0.004);
        }
    }

    [Fact]
    public void TheFirstPictureIsShownWholeAndOfTwoBetweenFramesTheLastCounts()
    {
        using var bench = new Bench(Small, []);
        Assert.Throws<InvalidOperationException>(() => Show(bench, 0.5f));
        TestPicture.Fill(bench.Picture, 0.8f, 0.8f, 0.8f);
        bench.Chain.Upload(bench.Picture);
        Show(bench, 0.1f);
        Assert.Equal(0.8, bench.Mean(0), 0.004);
        TestPicture.Fill(bench.Picture, 0, 0, 0);
        bench.Chain.Upload(bench.Picture);
        TestPicture.Fill(bench.Picture, 0.4f, 0.4f, 0.4f);
        bench.Chain.Upload(bench.Picture);
        Show(bench, 0);
        Assert.Equal(0.8, bench.Mean(0), 0.004);
        Show(bench, 1);
        Assert.Equal(0.4, bench.Mean(0), 0.004);
    }

    [Fact]
    public void AChainBuiltInStepsDrawsWhatOneBuiltAtOnceDraws()
    {
        ShaderPass[] passes = [Bench.Pass("displace"), Bench.Pass("feedback"), Bench.Pass("bloom"), Bench.Pass("grain")];
        using var bench = new Bench(Small, passes);
        var layout = bench.Controls.Layout;
        using var other = new PostChainBuilder(bench.Context, ShaderLibrary.Load(), passes, layout, Small);
        using var output = new Image(160, 90, PixelFormat.Rgba8);
        int steps = 0;
        for (long frame = 0; other.Step(); frame++)
        {
            // The chain that plays does not notice.
            TestPicture.Draw(bench.Picture, frame / 30.0);
            bench.Chain.Upload(bench.Picture);
            Show(bench, 0.5f);
            steps++;
        }
        Assert.Equal(other.Steps, steps);
        PostChain chain = other.Take();
        bench.Chain.Reset();
        bench.NextFrame = 0;
        for (int i = 0; i < 4; i++)
        {
            TestPicture.Draw(bench.Picture, i);
            bench.Chain.Upload(bench.Picture);
            chain.Upload(bench.Picture);
            Show(bench, 0.3f);
            chain.Render(bench.Controls, 0.3f);
            chain.BeginRead();
            chain.EndRead(output);
            Assert.True(bench.Output.Bytes.SequenceEqual(output.Bytes), $"frame {i} differs");
        }
        chain.Dispose();
    }

    [Fact]
    public void AChainThatDoesNotCompileLeavesNothingBehindAndTheOtherOnePlaysOn()
    {
        using var folder = new ShaderFolder().With("broken.frag", "// @about \"Broken.\"\n// @kind point\nvec3 shade(vec3 color, vec2 uv) { return colour; }\n");
        using var bench = new Bench(Small, []);
        int before = bench.Context.LiveObjects;
        using var builder = new PostChainBuilder(bench.Context, folder.Load(), [Bench.Pass("broken")], bench.Controls.Layout, Small);
        var error = Assert.Throws<Core.Errors.AInimException>(() =>
        {
            while (builder.Step())
            {
            }
        });
        Assert.Contains("'broken.frag' line 3", error.Message);
        Assert.Equal(before, bench.Context.LiveObjects);
        TestPicture.Draw(bench.Picture, 0);
        bench.Frame();
    }
}
