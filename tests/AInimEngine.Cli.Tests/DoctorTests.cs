namespace AInimEngine.Cli.Tests;

/// <summary><c>ainim doctor</c> on what a show needs.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void WhatAShowLacksIsNoFailureAndSaysWhatToInstall()
    {
        Ainim.Result result = Ainim.Run(["doctor"], new Dictionary<string, string> { ["SDL_AUDIODRIVER"] = "dummy", ["SDL_VIDEODRIVER"] = "x11", ["DISPLAY"] = ":987", ["AINIM_FONT"] = "/nonexistent.ttf" }, null);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("ok      SDL2", result.Output, StringComparison.Ordinal);
        Assert.Contains("poor    displays", result.Output, StringComparison.Ordinal);
        Assert.Contains("set DISPLAY", result.Output, StringComparison.Ordinal);
        Assert.Contains("ok      inputs", result.Output, StringComparison.Ordinal);
        Assert.Contains("poor    monitors", result.Output, StringComparison.Ordinal);
        Assert.Contains("poor    font", result.Output, StringComparison.Ordinal);
        Assert.Contains("apt-get install libfreetype6 fonts-dejavu-core", result.Output, StringComparison.Ordinal);
        Assert.Contains("MIDI", result.Output, StringComparison.Ordinal);
        Assert.Contains("v4l2", result.Output, StringComparison.Ordinal);
    }
}
