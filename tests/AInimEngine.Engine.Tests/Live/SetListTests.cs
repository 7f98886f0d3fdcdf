using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Live.SetLists;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

public sealed class SetListTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BothFormsSayTheSame()
    {
        SetList text = Parse("""
            # an evening
            aurora
            ink, transition iris, beats 8, cue Drop, note wait for the voice, then go

            silk, beats 0.5   # short
            """, isYaml: false);
        SetList yaml = Parse("""
            ---
            # an evening
            - aurora
            - preset: ink
              transition: "iris"
              beats: 8
              cue: Drop
              note: 'wait for the voice, then go'
            -
              preset: silk # short
              beats: 0.5
            """, isYaml: true);
        Assert.Equal(text.Entries, yaml.Entries);
        Assert.Equal(new SetEntry("ink") { Transition = "iris", Beats = 8, Cue = "Drop", Note = "wait for the voice, then go" }, text.Entries[1]);
        Assert.Equal((1, -1), (text.IndexOf(" drop"), text.IndexOf("ink")));
    }

    [Theory]
    [InlineData("aurora\nink, beets 8", false, "line 2: there is no 'beets'")]
    [InlineData("ink, beats many", false, "line 1: 'many' is no number of beats")]
    [InlineData("ink, cue a\nsilk, cue A", false, "line 2: the cue 'A' is there twice")]
    [InlineData("ink, cue", false, "line 1: 'cue' says nothing")]
    [InlineData("- preset: ink\n  preset: silk", true, "line 2: 'preset' is there twice")]
    [InlineData("- beats: 8", true, "line 1: the entry has no preset")]
    [InlineData("preset: ink", true, "line 1: 'preset: ink' stands before the first entry")]
    [InlineData("aurora\nnothing", false, "line 2: no such preset")]
    [InlineData("# nothing\n", false, "has no entries")]
    [InlineData("", true, "has no entries")]
    public void WhatIsWrongIsToldWithItsLine(string text, bool isYaml, string says) =>
        Assert.Contains(says, Assert.Throws<AInimException>(() => Parse(text, isYaml)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFileNamesPresetsAsTheyAreWrittenAndThoseBesideIt()
    {
        File.Copy(Path.Combine(Repository.Root, "presets", "silk.json"), _folder["mine.json"]);
        File.WriteAllText(_folder["set.txt"], "\uFEFFAurora\r\nmine.json, cue mine\r\n");
        SetList list = SetList.Read(_folder["set.txt"]);
        Assert.Equal(["aurora", _folder["mine.json"]], list.Entries.Select(entry => entry.Preset));
        File.WriteAllText(_folder["set.txt"], "aurora\nauroar\n");
        string message = Assert.Throws<AInimException>(() => SetList.Read(_folder["set.txt"])).Message;
        Assert.Contains("line 2: there is no preset 'auroar'", message, StringComparison.Ordinal);
        Assert.Contains("cannot read the set list", Assert.Throws<AInimException>(() => SetList.Read(_folder["none.txt"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MarksAreKeptInTheirFile()
    {
        string file = _folder["deep/favourites.txt"];
        var marks = new FavouritePresets(file);
        Assert.Empty(marks.Names);
        Assert.Null(marks.Toggle("ink")());
        Assert.Null(marks.Toggle("silk")());
        Assert.Null(marks.Toggle("ink")());
        Assert.Null(marks.Toggle("./x/mine.json")());
        Assert.Equal(4, marks.Changes);
        var again = new FavouritePresets(file);
        Assert.Equal(["silk", Path.GetFullPath("x/mine.json")], again.Names);
        Assert.True(again.Has("x/mine.json") && again.Has("silk") && !again.Has("ink"));
        Assert.NotNull(new FavouritePresets(Path.Combine(file, "no-folder")).Toggle("ink")());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AListThatIsTooLongIsRefusedBeforeAllOfItIsLookedFor(bool isYaml)
    {
        int resolved = 0;
        string Text(int entries) => string.Concat(Enumerable.Repeat(isYaml ? "- ink\n" : "ink\n", entries));
        Assert.Equal(SetList.MostEntries, Parse(Text(SetList.MostEntries), isYaml).Entries.Count);
        AInimException error = Assert.Throws<AInimException>(() => SetList.Parse(Text(5000), isYaml, "set", name =>
        {
            resolved++;
            return name;
        }));
        Assert.Contains("more than 1000", error.Message, StringComparison.Ordinal);
        Assert.InRange(resolved, 1, SetList.MostEntries + 1);
    }

    private static SetList Parse(string text, bool isYaml) =>
        SetList.Parse(text, isYaml, "set", name => name == "nothing" ? throw new AInimException(ExitCode.Preset, "no such preset.") : name);
}

/// <summary>A stage that follows a set list.</summary>
[Collection(Pictures.One)]
public sealed class SetStageTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NextCuesAndFavouritesGoWhereTheSetListAndTheMarksSay()
    {
        File.WriteAllText(_folder["set.txt"], "silk\naurora, transition iris, beats 0, cue drop, note loud\nsilk, cue end\n");
        using var rig = new StageRig(StageRig.Settings with { Set = SetList.Read(_folder["set.txt"]), Favourites = _folder["marks.txt"] });
        var view = new LiveView();
        rig.PlayUntil(() => rig.Stage.Pictures > 0, "a picture");
        rig.Stage.Mark();
        rig.Stage.Look(view);
        Assert.StartsWith("preset 1 of 3, favourite; ", view.Position, StringComparison.Ordinal);
        rig.Stage.Go(1);
        rig.PlayUntil(() => rig.Stage.Standing == ("aurora", 1) && !rig.Stage.IsChanging, "the next one");
        rig.Stage.Look(view);
        Assert.StartsWith("preset 2 of 3, cue drop; ", view.Position, StringComparison.Ordinal);
        Assert.Equal("loud", view.Note);
        rig.Stage.GoToCue("END");
        rig.PlayUntil(() => rig.Stage.Standing == ("silk", 2) && !rig.Stage.IsChanging, "the cue");
        rig.Stage.GoToCue("drop");
        rig.PlayUntil(() => rig.Stage.Standing == ("aurora", 1) && !rig.Stage.IsChanging, "the other cue");
        rig.Stage.GoToCue("nowhere");
        rig.Play();
        Assert.Contains("no cue 'nowhere'", rig.Said[^1].Text, StringComparison.Ordinal);
        rig.Stage.GoToAnyFavourite(1);
        rig.PlayUntil(() => rig.Stage.Standing.Name == "silk", "the favourite");
        rig.Stage.GoToAnyFavourite(2);
        rig.Play();
        Assert.Contains("no other favourite", rig.Said[^1].Text, StringComparison.Ordinal);
        rig.PlayUntil(() => File.Exists(_folder["marks.txt"]), "the file of marks");
    }

    [Fact]
    public void ATransitionThatIsNotThereIsToldBeforeTheShow()
    {
        File.WriteAllText(_folder["set.txt"], "silk, transition nosuch\n");
        Assert.Contains("nosuch", Assert.Throws<AInimException>(() => new StageRig(StageRig.Settings with { Set = SetList.Read(_folder["set.txt"]) })).Message, StringComparison.Ordinal);
    }
}
