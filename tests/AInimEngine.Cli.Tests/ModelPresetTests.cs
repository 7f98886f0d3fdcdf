namespace AInimEngine.Cli.Tests;

/// <summary>Presets and models find each other, and where they do not fit it is said.</summary>
public sealed class ModelPresetTests : IDisposable
{
    private const string Model = "flames64";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AModelAloneIsPlayedByThePresetThatIsMadeForModels()
    {
        Ainim.Result result = Render();
        Assert.Contains("preset Flames on", result.Error + result.Output);
        Assert.DoesNotContain("warning", result.Error);
    }

    [Fact]
    public void WhatAModelCannotFollowIsNamedWithThePresetsThatItCan()
    {
        Ainim.Result result = Render("--preset", "cosmos");
        Assert.Contains("preset Cosmos on", result.Error + result.Output);
        Assert.Contains("which preset 'Cosmos' moves; left out. The presets flames, filaments and silk are made for models.", result.Error);
    }

    [Fact]
    public void CheckSaysThatAPresetsModelIsMissing()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "presets", "flames.json")).Replace($"\"{Model}\"", "\"gone\"", StringComparison.Ordinal);
        File.WriteAllText(_folder["mine.json"], text);
        Ainim.Result result = AinimHere.Run("presets", "check", _folder["mine.json"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Flames: can be used, but not with its model", result.Output);
        Assert.Contains("'gone'", result.Error);

        Assert.Contains("Flames: fine", AinimHere.Run("presets", "check", "flames").Output);
    }

    private Ainim.Result Render(params string[] more)
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(0.2));
        Ainim.Result result = AinimHere.Run(["render", wav, "-o", _folder["a.mp4"], "--size", "64x36", "--model", Model, .. more]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
