using AInimEngine.Core.Errors;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;

namespace AInimEngine.Mapping.Tests;

public sealed class PresetLibraryTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ainim-presets-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void TheUsersPresetWinsOverTheShippedOne()
    {
        PresetLibrary library = MakeLibrary();
        PresetEntry[] entries = [.. library.List()];
        Assert.Equal(["aurora", "mine", "techno"], entries.Select(entry => entry.Name));
        Assert.Equal([false, true, true], entries.Select(entry => entry.IsUser));
        Assert.Equal(Path.Combine(_root, "user", "techno.json"), library.Resolve("techno"));
    }

    [Fact]
    public void TheSchemaIsNoPreset() => Assert.DoesNotContain(MakeLibrary().List(), entry => entry.Name == "schema");

    [Fact]
    public void APathIsTakenAsItIs()
    {
        string path = Path.Combine(_root, "shipped", "techno.json");
        Assert.Equal(path, MakeLibrary().Resolve(path));
    }

    [Fact]
    public void AnUnknownNameListsCloseOnes()
    {
        AInimException error = Assert.Throws<AInimException>(() => MakeLibrary().Resolve("tecno"));
        Assert.Equal("there is no preset 'tecno'; did you mean 'techno'?", error.Message);
        Assert.Equal(ExitCode.Preset, error.ExitCode);
    }

    [Fact]
    public void ANameLikeNoneListsAll()
    {
        AInimException error = Assert.Throws<AInimException>(() => MakeLibrary().Resolve("xyzzyx"));
        Assert.Equal("there is no preset 'xyzzyx'; there are: aurora, mine, techno", error.Message);
    }

    [Fact]
    public void AMissingFileIsAPresetError()
    {
        AInimException error = Assert.Throws<AInimException>(() => MakeLibrary().Resolve("./none.json"));
        Assert.Equal("there is no preset file './none.json'", error.Message);
    }

    [Fact]
    public void MissingFoldersHoldNothing() =>
        Assert.Empty(new PresetLibrary(Path.Combine(_root, "none"), null).List());

    [Fact]
    public void LoadReadsAndChecksTheFile()
    {
        PresetLibrary library = MakeLibrary();
        Assert.Equal("User's", library.Load("techno", TestWorld.Vocabulary).Name);
        AInimException error = Assert.Throws<AInimException>(() => library.Load("mine", TestWorld.Vocabulary));
        Assert.Equal($"preset '{Path.Combine(_root, "user", "mine.json")}' line 2 column 3: unknown key 'colour' in the preset; there are: $schema, version, name, description, generator, bands, motion, modulations, post", error.Message);
    }

    private PresetLibrary MakeLibrary()
    {
        Write("shipped", "techno", """{"version": 1, "name": "Shipped"}""");
        Write("shipped", "aurora", """{"version": 1, "name": "Aurora"}""");
        Write("shipped", "schema", "{}");
        Write("user", "techno", """{"version": 1, "name": "User's"}""");
        Write("user", "mine", "{\"version\": 1,\n  \"colour\": 1}");
        return new PresetLibrary(Path.Combine(_root, "shipped"), Path.Combine(_root, "user"));
    }

    private void Write(string folder, string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_root, folder));
        File.WriteAllText(Path.Combine(_root, folder, name + ".json"), text);
    }
}
