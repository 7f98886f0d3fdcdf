using AInimEngine.Core.Errors;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests;

[Collection(Pictures.One)]
public sealed class SceneTests
{
    public static TheoryData<string> Presets => [.. Scene.Presets().List().Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void EveryShapeGetsAsManyPixelsAsSixteenToNine(string preset)
    {
        (int width, int height) = PictureOf(preset, 1280, 720);
        Assert.InRange((double)width / height, 1.75, 1.81);
        // A model's network is square: other shapes have other numbers of pixels.
        if (Scene.ReadPreset(preset).Generator.Model is not null)
            return;
        foreach ((int across, int down) in ((int, int)[])[(720, 1280), (720, 720)])
        {
            (int otherWidth, int otherHeight) = PictureOf(preset, across, down);
            Assert.InRange((double)otherWidth * otherHeight / (width * height), 0.97, 1.03);
            Assert.InRange((double)otherWidth / otherHeight * down / across, 0.98, 1.02);
        }
    }

    [Theory]
    [InlineData(64, 36)]
    [InlineData(36, 64)]
    [InlineData(50, 50)]
    [InlineData(16, 128)]
    [InlineData(512, 16)]
    public void NoPictureIsLargerThanTheVideo(int width, int height)
    {
        (int pictureWidth, int pictureHeight) = PictureOf("aurora", width, height);
        Assert.InRange(pictureWidth, 8, width);
        Assert.InRange(pictureHeight, 8, height);
    }

    [Theory]
    [InlineData("style", "neonn", "neon")]
    [InlineData("palette", "embers", "ember")]
    public void AWordThatTheGeneratorDoesNotKnowIsRefusedWithTheWordsItKnows(string key, string word, string suggestion)
    {
        using var folder = new ScratchFolder();
        File.WriteAllText(folder["x.json"], $$"""{ "version": 1, "name": "x",{{"\n"}} "generator": { "type": "field", "{{key}}": "{{word}}" } }""");
        AInimException error = Assert.Throws<AInimException>(() => Scene.Load(folder["x.json"], 64, 36, null));
        Assert.Equal(ExitCode.Preset, error.ExitCode);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{suggestion}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASeedIsAnotherUniverse()
    {
        using Scene own = Scene.Load("aurora", 64, 36, null), other = Scene.Load("aurora", 64, 36, 12345);
        Assert.Equal(12345UL, other.Seed);
        Assert.NotEqual(own.Seed, other.Seed);
        Assert.NotEqual(own.Generator.Name, other.Generator.Name);
    }

    private static (int Width, int Height) PictureOf(string preset, int width, int height)
    {
        using Scene scene = Scene.Load(preset, width, height, null);
        return (scene.PictureWidth, scene.PictureHeight);
    }
}
