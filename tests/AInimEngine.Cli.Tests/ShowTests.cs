using System.Diagnostics;
using System.Globalization;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Cli.Tests;

/// <summary>A show in a real window, logged and killed, and the video that its log makes.</summary>
public sealed class ShowTests : IDisposable
{
    private readonly XServer _server = new();
    private readonly ScratchFolder _scratch = new();

    public ShowTests() => Assert.SkipWhen(_server.Missing is not null, _server.Missing ?? "");

    public void Dispose()
    {
        _server.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void AKilledShowIsMadeAgainFromItsLogPictureForPicture()
    {
        string folder = Path.Combine(_scratch.Path, "night.show"), log = Path.Combine(folder, "show.log");
        var here = new Dictionary<string, string> { ["DISPLAY"] = _server.Name, ["SDL_VIDEODRIVER"] = "x11", ["SDL_AUDIODRIVER"] = "dummy" };
        using (Process show = Ainim.Start(
            ["live", "aurora", "silk", "--input", Path.Combine(Repository.Root, "demo", "ainim-demo.ogg"), "--size", "320x180", "--fps", "30", "--midi", "none", "--osc", "0",
                "--no-quantise", "--transition-beats", "1", "--log", folder],
            here, _scratch.Path))
        {
            try
            {
                Grows(log, 0);
                Grows(log, 100_000);
                Grows(log, 100_000);
                _server.Do("key", "Right");
                Grows(log, 200_000);
                Grows(log, 200_000);
                _server.Do("key", "b");
                Grows(log, 200_000);
            }
            finally
            {
                show.Kill();
                show.WaitForExit();
            }
        }
        Ainim.Result result = Ainim.Run(["render", "--show", folder, "-o", Path.Combine(_scratch.Path, "night.mp4")], here, _scratch.Path);
        Assert.True(result.ExitCode == 0, result.Error);
        string[] words = result.Error.Split('\n').Single(line => line.Contains("pictures equal", StringComparison.Ordinal)).Split(' ');
        Assert.Equal(words[2], words[4]);
        Assert.InRange(int.Parse(words[2], CultureInfo.InvariantCulture), 20, 100_000);
        Assert.DoesNotContain("first that is not", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_scratch.Path, "night.mp4")));
    }

    [Theory]
    [InlineData("no such show", "render", "--show", "nowhere.show")]
    [InlineData("the show has decided it", "render", "--show", "nowhere.show", "--preset", "ink")]
    [InlineData("leave 'a.wav' out", "render", "a.wav", "--show", "nowhere.show")]
    [InlineData("name a track to render", "render")]
    public void WhatCannotBeRenderedIsOneLine(string says, params string[] command)
    {
        Ainim.Result result = Ainim.Run(command, new Dictionary<string, string>(), _scratch.Path);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Grows(string path, long bytes)
    {
        long before = File.Exists(path) ? new FileInfo(path).Length : 0;
        XServer.Until(() => File.Exists(path) && new FileInfo(path).Length > before + bytes, "the log grows");
    }
}
