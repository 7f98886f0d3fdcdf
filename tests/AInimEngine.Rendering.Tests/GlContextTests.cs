using AInimEngine.Core.Errors;

namespace AInimEngine.Rendering.Tests;

public sealed class GlContextTests
{
    [Fact]
    public void AContextNeedsNoScreenAndSaysWhatDraws()
    {
        using GlContext context = GlContext.CreateHeadless();
        Assert.NotEmpty(context.Info.Vendor);
        Assert.NotEmpty(context.Info.Renderer);
        Assert.NotEmpty(context.Info.Platform);
        Assert.True(new Version(context.Info.Version.Split(' ')[0]) >= new Version(3, 3), context.Info.Version);
        Assert.True(context.MaxTextureSize >= 4096);
        Assert.Equal(0, context.LiveObjects);
    }

    [Fact]
    public void TwoContextsLiveOnTwoThreadsAndOneOutlivesTheOther()
    {
        using GlContext mine = GlContext.CreateHeadless();
        string other = "";
        var thread = new Thread(() =>
        {
            using GlContext theirs = GlContext.CreateHeadless();
            other = theirs.Info.Renderer;
        });
        thread.Start();
        thread.Join();
        Assert.Equal(mine.Info.Renderer, other);
        mine.Gl.Finish();
        mine.CheckErrors("the surviving context");
    }

    [Fact]
    public void AMissingLibraryNamesWhatToInstall()
    {
        var error = Assert.Throws<AInimException>(() => GlContext.Create(() => throw new DllNotFoundException("libEGL.so.1 was not found")));
        Assert.Equal(ExitCode.Environment, error.ExitCode);
        Assert.Contains("libEGL.so.1", error.Message);
        Assert.Contains("libegl1 libgl1-mesa-dri", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void NoUsableDisplayNamesWhatToInstall()
    {
        var error = Assert.Throws<AInimException>(() => GlContext.Create(() => [("made up", 0)]));
        Assert.Equal(ExitCode.Environment, error.ExitCode);
        Assert.Contains("made up: eglInitialize failed", error.Message);
        Assert.Contains("libegl1 libgl1-mesa-dri", error.Message);
    }
}
