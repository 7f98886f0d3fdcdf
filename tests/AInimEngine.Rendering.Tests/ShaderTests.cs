using AInimEngine.Core.Errors;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Shaders;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

/// <summary>The shipped shaders, and shaders that people write.</summary>
public sealed class ShaderTests
{
    private static readonly PostChainSettings Small = new(160, 90, 80, 45);

    public static TheoryData<string> Shipped => [.. ShaderLibrary.Load().Shaders.Select(shader => shader.Name)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void AShippedShaderStaysAPictureAtEveryEndOfItsRanges(string name)
    {
        ShaderDefinition shader = ShaderLibrary.Load().Get(name);
        using GlContext context = GlContext.CreateHeadless();
        FrameFieldsFor(shader, out Core.Frames.FrameField[] fields);
        using var bench = new Bench(Small, [Bench.Pass(name)], fields, context: context);
        foreach (Parameter? moved in shader.Parameters.Prepend(null))
            foreach (float value in moved is null ? [0f] : new[] { moved.Min, moved.Max })
            {
                foreach (Parameter parameter in shader.Parameters)
                    bench.Set($"post.{parameter.Id}", parameter == moved ? value : parameter.Default);
                bench.Chain.Reset();
                bench.NextFrame = 0;
                for (int i = 0; i < 3; i++)
                {
                    TestPicture.Draw(bench.Picture, bench.NextFrame / 30.0);
                    bench.Frame();
                }
                double mean = (bench.Mean(0) + bench.Mean(1) + bench.Mean(2)) / 3;
                Assert.True(mean > 0.01, $"{moved?.Id} = {value}: the picture is black ({mean:f4})");
            }
        context.CheckErrors(name);
    }

    private static void FrameFieldsFor(ShaderDefinition shader, out Core.Frames.FrameField[] fields) =>
        fields = [.. shader.Parameters.Select(parameter => Bench.Field($"post.{parameter.Id}"))];

    [Fact]
    public void AllShadersWorkInOneChainTwiceOver()
    {
        string[] names = [.. ShaderLibrary.Load().Shaders.Where(shader => shader.Kind != ShaderKind.Source).Select(shader => shader.Name)];
        using var bench = new Bench(Small, [.. names.Select(name => Bench.Pass(name)), .. names.Select(name => Bench.Pass(name) with { Id = name + "2" })]);
        TestPicture.Draw(bench.Picture, 0);
        bench.Frame();
        bench.Frame();
        Assert.True(bench.Mean(0) + bench.Mean(1) + bench.Mean(2) > 0.02);
    }

    [Theory]
    [InlineData("displace", "amount")]
    [InlineData("chromatic", "amount")]
    [InlineData("mirror", "across")]
    [InlineData("kaleidoscope", "amount")]
    [InlineData("pixelate", "amount")]
    [InlineData("palette", "amount")]
    [InlineData("posterize", "amount")]
    [InlineData("halftone", "amount")]
    [InlineData("scanlines", "strength")]
    [InlineData("grain", "amount")]
    [InlineData("vignette", "strength")]
    [InlineData("bloom", "strength")]
    [InlineData("streak", "strength")]
    [InlineData("feedback", "half_life")]
    public void AtZeroAShaderLeavesThePicture(string shader, string parameter)
    {
        var settings = Small with { SourceWidth = 160, SourceHeight = 90 };
        using var plain = new Bench(settings, []);
        using var with = new Bench(settings, [Bench.Pass(shader, (parameter, 0))], context: plain.Context);
        TestPicture.Draw(plain.Picture, 0.5);
        TestPicture.Draw(with.Picture, 0.5);
        plain.Frame();
        with.Frame();
        with.Frame();
        int worst = 0;
        for (int i = 0; i < plain.Output.ByteCount; i++)
            worst = Math.Max(worst, Math.Abs(plain.Output.Bytes[i] - with.Output.Bytes[i]));
        Assert.True(worst <= 3, $"the picture differs by {worst}");
        with.Chain.Dispose();
    }

    [Fact]
    public void MirrorHalvesAreMirrored()
    {
        using var bench = new Bench(new PostChainSettings(160, 90, 160, 90), [Bench.Pass("mirror", ("across", 1), ("down", 1))]);
        TestPicture.Draw(bench.Picture, 0.5);
        bench.Frame();
        for (int y = 0; y < 90; y++)
            for (int x = 0; x < 160; x++)
            {
                Assert.InRange(bench.At(x, y, 0) - bench.At(159 - x, y, 0), -2, 2);
                Assert.InRange(bench.At(x, y, 1) - bench.At(x, 89 - y, 1), -2, 2);
            }
    }

    [Fact]
    public void ShadersHearTheMusic()
    {
        using ShaderFolder folder = new ShaderFolder().With("hear.frag", """
            // @about "Shows what it hears."
            // @kind finish
            vec3 shade(vec3 color, vec2 uv) { return vec3(audio_low_mid, audio_chroma[2], audio_absent + audio_also_absent[1]); }
            """);
        using var bench = new Bench(Small, [Bench.Pass("hear")], [Bench.Field("audio.low_mid"), Bench.Field("audio.chroma", 12)], folder.Load());
        bench.Set("audio.low_mid", 0.5f);
        bench.Set("audio.chroma", 0, 0, 0.25f);
        bench.Frame();
        Assert.Equal(0.5, bench.Mean(0), 0.002);
        Assert.Equal(0.25, bench.Mean(1), 0.002);
        Assert.Equal(0, bench.Mean(2), 0.002);
    }

    [Fact]
    public void TimeAndFrameArriveAndAPhaseIntegratesItsSpeed()
    {
        using ShaderFolder folder = new ShaderFolder().With("clock.frag", """
            // @about "Shows the time."
            // @kind finish
            // @param speed 0 10 0 "Speed."
            // @integrate phase speed
            // @once float later = u_time * 2.0;
            vec3 shade(vec3 color, vec2 uv) { return vec3(later, phase, u_delta); }
            """);
        using var bench = new Bench(Small, [Bench.Pass("clock")], [Bench.Field("post.clock.speed")], folder.Load(), fps: new Rational(20, 1));
        bench.Set("post.clock.speed", 2);
        bench.Frame();
        bench.Frame();
        bench.Frame();
        bench.Set("post.clock.speed", 0);
        bench.Frame();
        bench.Frame();
        Assert.Equal(0.4, bench.Mean(0), 0.002); // frame 4 of 20: 0.2 s
        Assert.Equal(0.3, bench.Mean(1), 0.002); // three frames at 2 a second; stopping did not make it jump
        Assert.Equal(0.05, bench.Mean(2), 0.002);
    }

    [Fact]
    public void FilesThatUseTheSameNamesDoNotClash()
    {
        const string Template = """
            // @about "Adds."
            // @kind point
            // @param amount 0 1 0.1 "How much."
            // @once float doubled = amount * 2.0;
            const float base_value = 0.0;
            float helper(float x) { return x + base_value; }
            vec3 shade(vec3 color, vec2 uv) { return color + helper(doubled) * vec3(RED, GREEN, 0.0); }
            """;
        using ShaderFolder folder = new ShaderFolder()
            .With("one.frag", Template.Replace("RED", "1.0").Replace("GREEN", "0.0"))
            .With("two.frag", Template.Replace("RED", "0.0").Replace("GREEN", "1.0"));
        using var bench = new Bench(Small, [Bench.Pass("one"), Bench.Pass("two", ("amount", 0.25f)), Bench.Pass("two") with { Id = "three" }], library: folder.Load());
        TestPicture.Fill(bench.Picture, 0, 0, 0);
        bench.Frame();
        Assert.Equal(Bench.ToDisplay(0.2), bench.Mean(0), 0.005);
        Assert.Equal(Bench.ToDisplay(0.7), bench.Mean(1), 0.005);
    }

    [Theory]
    [InlineData("// @about \"x.\"\n// @kind point\n\nvec3 shade(vec3 color, vec2 uv) {\n    float a = 1.0;\n    return color * foo;\n}", 6, "foo")]
    [InlineData("// @about \"x.\"\n// @kind finish\nvec3 shade(vec3 color, vec2 uv) {\n    return color\n}", 5, "syntax")]
    [InlineData("// @about \"x.\"\n// @kind warp\n// @param aa 0 1 0 \"x.\"\n// @once float kk = aa * nothing;\nvec2 warp(vec2 uv) { return uv * kk; }", 4, "nothing")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @pass blur 4\nvec3 blur(vec2 uv) {\n  return picture(uv, 1);\n}\nvec3 shade(vec3 color, vec2 uv) { return color; }", 5, "no matching function")]
    public void ABrokenShaderNamesFileLineAndReason(string text, int line, string reason)
    {
        using ShaderFolder folder = new ShaderFolder().With("broken.frag", text);
        ShaderLibrary library = folder.Load();
        foreach (ShaderPass[] chain in new ShaderPass[][] { [Bench.Pass("broken")], [Bench.Pass("displace"), Bench.Pass("grade"), Bench.Pass("broken"), Bench.Pass("vignette")] })
        {
            var error = Assert.Throws<AInimException>(() => new Bench(Small, chain, library: library));
            Assert.Equal(ExitCode.Preset, error.ExitCode);
            Assert.StartsWith($"shader 'broken.frag' line {line}: ", error.Message);
            Assert.Contains(reason, error.Message);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void AFunctionThatIsOnlyDeclaredNamesItsFile()
    {
        using ShaderFolder folder = new ShaderFolder().With("half.frag", "// @about \"x.\"\n// @kind point\nfloat later(float x);\nvec3 shade(vec3 color, vec2 uv) { return color * later(uv.x); }");
        var error = Assert.Throws<AInimException>(() => new Bench(Small, [Bench.Pass("half")], library: folder.Load()));
        Assert.Equal(ExitCode.Preset, error.ExitCode);
        Assert.Contains("half.frag", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void APictureTooLargeForTheDriverIsRefused()
    {
        using GlContext context = GlContext.CreateHeadless();
        if (context.MaxTextureSize > 16384)
            Assert.Skip($"this driver draws {context.MaxTextureSize} pixels");
        var error = Assert.Throws<AInimException>(() =>
            PostChain.Create(context, ShaderLibrary.Load(), [], new Core.Frames.FrameLayout([]), new PostChainSettings(context.MaxTextureSize + 2, 2, 4, 4)));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Equal(0, context.LiveObjects);
    }
}
