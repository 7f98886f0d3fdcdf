using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AInimEngine.Cli.Tests;

/// <summary>Flashes in renders, limited and not, measured by our meter and by ffmpeg's.</summary>
public sealed partial class FlashTests : IDisposable
{
    private const int Flashes = 7, Input = 3;
    private static readonly string s_strobe = Path.Combine(Repository.Root, "tests", "AInimEngine.Cli.Tests", "Presets", "strobe.json");
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AStrobeFailsWithoutTheLimiterAndPassesWithIt()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(3));
        Ainim.Result limited = Render(wav, "limited"), bare = Render(wav, "bare", "--no-flash-limit");
        Assert.Contains("flashes were limited in ", limited.Output);
        Assert.DoesNotContain("limited in", bare.Output);
        Assert.Contains("photosensitive epilepsy", bare.Error);
        Assert.Equal("", limited.Error);

        Ainim.Result passes = AinimHere.Run("flashcheck", _folder["limited.mp4"]), fails = AinimHere.Run("flashcheck", _folder["bare.mp4"]);
        Assert.Equal((0, Flashes), (passes.ExitCode, fails.ExitCode));
        Assert.Contains("passes WCAG 2.3.1", passes.Output);
        Assert.Contains("6 general flashes in a second, over 100 % of a field", fails.Output);

        // ffmpeg weighs flashes by their swing over a second and finds one of black to white too much. What was there before
        // the limiter acted is still in its second at first; afterwards it is content.
        double[] seen = Badness(_folder["limited.mp4"]), unlimited = Badness(_folder["bare.mp4"]);
        Assert.InRange(unlimited[60..].Min(), 5, 100);
        Assert.InRange(seen[60..].Max(), 0, 0.5);
    }

    [Fact]
    public void LimitedPicturesAreTheSameOnOneThreadAndOnThree()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(1.5));
        Render(wav, "three", "--hashes", _folder["three.txt"]);
        Render(wav, "one", "--hashes", _folder["one.txt"], "--sequential");
        Assert.Equal(File.ReadAllLines(_folder["three.txt"]), File.ReadAllLines(_folder["one.txt"]));
    }

    [Fact]
    public void ACalmPresetIsTheSameWithTheLimiterAndWithoutIt()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(2));
        foreach (string[] more in (string[][])[[], ["--no-flash-limit"]])
            RenderTests.Succeeds(["render", wav, "-o", _folder[$"{more.Length}.mp4"], "--size", "96x54", "--preset", "drift", "--hashes", _folder[$"{more.Length}.txt"], .. more]);
        Assert.Equal(File.ReadAllLines(_folder["0.txt"]), File.ReadAllLines(_folder["1.txt"]));
    }

    [Theory]
    [InlineData("a.mp4", 5, 5, 0)]
    [InlineData("a.webm", 2.5, 2.5, 0)]
    [InlineData("red.mkv", 4, 4, 4)]
    public void FlashcheckCountsWhatIsInAFilm(string name, double hertz, double general, double red)
    {
        string on = string.Create(CultureInfo.InvariantCulture, $"lt(mod(T*{hertz}+0.0001,1),0.5)");
        string[] light = red > 0
            ? ["-vf", $"format=gbrp,geq=r='255*{on}':g=0:b=0", "-c:v", "ffv1"]
            : ["-vf", $"geq=lum='16+219*{on}':cb=128:cr=128"];
        Ffmpeg.Run(["-f", "lavfi", "-i", "color=black:s=320x180:r=60:d=2.5", .. light, _folder[name]]);
        Ainim.Result result = AinimHere.Run("flashcheck", "--json", _folder[name]);
        JsonElement verdict = JsonDocument.Parse(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
        Assert.Equal("flashcheck", verdict.GetProperty("event").GetString());
        Assert.Equal(general, verdict.GetProperty("mostGeneral").GetDouble());
        Assert.Equal(red, verdict.GetProperty("mostRed").GetDouble());
        Assert.Equal(general <= 3, verdict.GetProperty("passes").GetBoolean());
        Assert.Equal(general <= 3 ? 0 : Flashes, result.ExitCode);
        Assert.Equal(150, verdict.GetProperty("frames").GetInt32());
    }

    [Fact]
    public void WhatCannotBeMeasuredIsSaidInOneLine()
    {
        Ainim.Result missing = AinimHere.Run("flashcheck", _folder["none.mp4"]);
        Assert.Equal(Input, missing.ExitCode);
        Assert.Contains("no such file", missing.Error);
        Ainim.Result silent = AinimHere.Run("flashcheck", TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(0.5)));
        Assert.Equal(Input, silent.ExitCode);
        Assert.Single(silent.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private Ainim.Result Render(string wav, string name, params string[] more)
    {
        Ainim.Result result = AinimHere.Run(["render", wav, "-o", _folder[name + ".mp4"], "--size", "96x54", "--preset", s_strobe, .. more]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private double[] Badness(string film)
    {
        Ffmpeg.Run("-i", film, "-vf", $"photosensitivity=bypass=1,metadata=print:file={_folder["badness.txt"]}", "-f", "null", "-");
        return [.. BadnessPattern().Matches(File.ReadAllText(_folder["badness.txt"])).Select(match => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex(@"photosensitivity\.badness=([0-9.]+)")]
    private static partial Regex BadnessPattern();
}
