using AInimEngine.Core.Errors;
using AInimEngine.Core.Parameters;
using AInimEngine.Rendering.Benchmarks;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Shaders;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

public sealed class ChainPlanTests
{
    private static readonly PostChainSettings Hd = new(1280, 720, 320, 180);

    private static ChainPlan Plan(PostChainSettings settings, params string[] shaders) =>
        ChainPlan.Create(ShaderLibrary.Load(), [.. shaders.Select(name => Bench.Pass(name))], settings);

    [Fact]
    public void TheUsualChainHasOneFullSizePass()
    {
        ChainPlan plan = ChainPlan.Create(ShaderLibrary.Load(), RenderBenchmark.UsualChain, Hd);
        Assert.Equal(["grain+output"], plan.Passes.Where(pass => pass.Width == 1280).Select(pass => pass.Name));
        double pixels = plan.Passes.Sum(pass => (double)pass.Width * pass.Height) / (1280 * 720);
        Assert.True(pixels < 2.1, $"the passes draw {pixels:f2} times the output's pixels");
    }

    [Fact]
    public void NeighboursAreFused() =>
        Assert.Equal(
            ["upscale across", "upscale down", "camera+displace+feedback", "palette+grade", "output"],
            Plan(Hd, "camera", "displace", "feedback", "palette", "grade").Passes.Select(pass => pass.Name));

    [Fact]
    public void AFilterReadsAFinishedPicture() =>
        Assert.Equal(
            ["upscale across", "upscale down", "displace", "ink+grade", "output"],
            Plan(Hd, "displace", "ink", "grade").Passes.Select(pass => pass.Name));

    [Fact]
    public void FinishStagesRunLastWhereverTheyAreListedAndSmoothOnesAtWorkingSize() =>
        Assert.Equal(
            ["upscale across", "upscale down", "grade+vignette", "grain+halftone+output"],
            Plan(Hd, "grain", "grade", "halftone", "vignette").Passes.Select(pass => pass.Name));

    [Fact]
    public void AtFullWorkingSizeEverythingAfterTheSourceIsOnePass() =>
        Assert.Equal(
            ["upscale across", "upscale down", "displace+grade+vignette+output"],
            Plan(Hd with { SourceWidth = 1280, SourceHeight = 720 }, "displace", "grade", "vignette").Passes.Select(pass => pass.Name));

    [Theory]
    [InlineData(1280, 720, 320, 180, 640, 360)]
    [InlineData(1920, 1080, 320, 180, 960, 540)]
    [InlineData(1280, 720, 512, 288, 1280, 720)]
    [InlineData(1280, 720, 1280, 720, 1280, 720)]
    [InlineData(160, 90, 320, 180, 160, 90)]
    [InlineData(720, 1280, 180, 320, 360, 640)]
    [InlineData(1080, 1080, 320, 180, 540, 540)]
    public void TheWorkingSizeHoldsTwiceTheDetailAndHalfTheOutput(int width, int height, int sourceWidth, int sourceHeight, int workWidth, int workHeight)
    {
        ChainPlan plan = Plan(new PostChainSettings(width, height, sourceWidth, sourceHeight));
        Assert.Equal((workWidth, workHeight), (plan.WorkWidth, plan.WorkHeight));
    }

    [Fact]
    public void WrongChainsAreRefusedWithTheWayOut()
    {
        ShaderLibrary library = ShaderLibrary.Load();
        string Refused(params ShaderPass[] passes)
        {
            var error = Assert.Throws<AInimException>(() => ChainPlan.Create(library, passes, Hd));
            Assert.Equal(ExitCode.Preset, error.ExitCode);
            return error.Message;
        }
        Assert.Contains("there is no shader 'blooom'", Refused(Bench.Pass("blooom")));
        Assert.Contains("shader 'bloom' has no parameter 'size'; there are: strength", Refused(Bench.Pass("bloom", ("size", 1))));
        Assert.Equal("bloom.strength = 9 is outside 0..3", Refused(Bench.Pass("bloom", ("strength", 9))));
        Assert.Contains("bloom.strength", Refused(Bench.Pass("bloom", ("strength", float.NaN))));
        Assert.Contains("two shaders of the chain have the id 'bloom'", Refused(Bench.Pass("bloom"), Bench.Pass("bloom")));
        Assert.Contains("two shaders of kind source", Refused(Bench.Pass("upscale"), Bench.Pass("upscale") with { Id = "again" }));
    }
}
