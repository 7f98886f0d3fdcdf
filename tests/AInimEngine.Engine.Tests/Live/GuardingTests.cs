using System.Diagnostics;
using AInimEngine.Core.Control;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Live.Guarding;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>What a show that died leaves, and what follows.</summary>
public sealed class GuardingTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SingleDeathsResumeCloseOnesPanicAndTooManyEnd()
    {
        var deaths = new DeathCount();
        long minute = 60 * Stopwatch.Frequency, at = 5 * minute;
        for (int i = 0; i < 20; i++)
            Assert.Equal(AfterDeath.Resume, deaths.Note(at += minute + 1));
        AfterDeath[] close = [.. Enumerable.Range(0, 6).Select(_ => deaths.Note(at += 2 * minute / 60))];
        // The last of the single ones was two seconds before these.
        Assert.Equal([AfterDeath.Resume, AfterDeath.Panic, AfterDeath.Panic, AfterDeath.Panic, AfterDeath.Leave, AfterDeath.Leave], close);
        Assert.Equal(AfterDeath.Resume, deaths.Note(at + 2 * minute));
    }

    [Fact]
    public void AStateIsReadAsItWasWrittenAndRubbishIsNone()
    {
        string file = _folder["state.json"];
        Assert.Null(ShowState.Read(file));
        var state = new ShowState { Preset = "silk", Index = 3, FullScreen = true, Rows = new Dictionary<string, float> { ["master/speed"] = 0.125f }, Bpm = 123.4, BeatsPerBar = 3, BarAt = 1e5, EndAt = 2e5, Process = 7 };
        state.Write(file);
        ShowState read = ShowState.Read(file)!;
        Assert.Equal(state with { Rows = read.Rows }, read);
        Assert.Equal(state.Rows, read.Rows);
        Assert.Equal((true, null, 0), (read.Panic().FullScreen, read.Panic().Preset, read.Panic().Rows.Count));
        foreach (string rubbish in new[] { "{", "[]", "7", "{\"Rows\":{\"a\":\"b\"}}", "null" })
        {
            File.WriteAllText(file, rubbish);
            Assert.Null(ShowState.Read(file));
        }
        foreach (string rowless in new[] { "{}", "{\"Rows\":null}" })
        {
            File.WriteAllText(file, rowless);
            Assert.Empty(ShowState.Read(file)!.Rows);
        }
    }

    [Fact]
    public void TheKeeperWritesWhatStandsAndTakingItAllocatesNothing()
    {
        string file = _folder["state.json"];
        ControlSurface surface = LiveRows.Create(Scene.FullVocabulary().Parameters);
        int speed = surface.IndexOf(LiveRows.Speed);
        using var keeper = new StateKeeper(file, surface);
        surface.Place(speed, 0.75f);
        keeper.Take(new StateKeeper.Standing("ink", 2, 5, false, 0, 4, 0));
        Assert.True(SpinWait.SpinUntil(() => ShowState.Read(file) is { Preset: "ink" }, TimeSpan.FromSeconds(60)));
        ShowState state = ShowState.Read(file)!;
        Assert.Equal((2, 5, 0.75f), (state.Index, state.Level, state.Rows[LiveRows.Speed]));
        Assert.DoesNotContain(LiveRows.Panic, state.Rows.Keys);
        Assert.DoesNotContain(LiveRows.Number, state.Rows.Keys);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            keeper.Take(new StateKeeper.Standing("ink", 2, 5, false, 0, 4, 0));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void WhileAPresetComesParametersStayThoseOfTheOneThatPlaysAndTheEndIsSaid()
    {
        string file = _folder["state.json"];
        ControlSurface surface = LiveRows.Create(Scene.FullVocabulary().Parameters);
        int speed = surface.IndexOf(LiveRows.Speed), strength = surface.IndexOf("param/bloom.strength");
        surface.Place(strength, 0.25f);
        using var keeper = new StateKeeper(file, surface);
        surface.Place(strength, 1);
        surface.Place(speed, 0.75f);
        keeper.Take(new StateKeeper.Standing("ink", 0, 0, false, 0, 4, 0), keepsParameters: true);
        Assert.True(SpinWait.SpinUntil(() => ShowState.Read(file) is { Preset: "ink" }, TimeSpan.FromSeconds(60)));
        ShowState state = ShowState.Read(file)!;
        Assert.Equal((0.25f, 0.75f, false), (state.Rows["param/bloom.strength"], state.Rows[LiveRows.Speed], state.IsEnding));
        keeper.End();
        keeper.Take(new StateKeeper.Standing("silk", 0, 0, false, 0, 4, 0));
        Assert.Equal(("ink", true), (ShowState.Read(file)!.Preset, ShowState.Read(file)!.IsEnding));
    }

    [Fact]
    public void TimeSpentLoadingLiesBetweenNoTwoDeaths()
    {
        var deaths = new DeathCount();
        var after = new List<AfterDeath>();
        for (int i = 1; i <= 6; i++)
            after.Add(deaths.Note(i * 121L * Stopwatch.Frequency, TimeSpan.FromSeconds(120)));
        Assert.Equal([AfterDeath.Resume, AfterDeath.Resume, AfterDeath.Panic, AfterDeath.Panic, AfterDeath.Panic, AfterDeath.Leave], after);
    }
}

/// <summary>A stage that begins where another one stood.</summary>
[Collection(Pictures.One)]
public sealed class ResumeTests
{
    [Fact]
    public void AStageBeginsWithThePresetAndTheHeldRowsOfTheOneBefore()
    {
        using var rig = new StageRig(StageRig.Settings with { Presets = ["aurora", "silk"], Resume = new ShowState { Preset = "silk", Index = 1 } });
        Assert.Equal(("silk", 1), rig.Stage.Standing);
        int row = rig.Surface.IndexOf("param/grade.saturation");
        float own = rig.Surface.Position(row);
        Assert.NotEqual(0.9f, own);
        rig.Stage.Resume(new Dictionary<string, float> { ["param/grade.saturation"] = 0.9f, ["param/no.such"] = 1, ["master/speed"] = 0 });
        Assert.Equal(0.9f, rig.Surface.Position(row));
        Assert.Equal(LiveRowsDefault(rig, "master/speed"), rig.Surface.Position(rig.Surface.IndexOf("master/speed")));
        rig.Stage.Release();
        Assert.Equal(own, rig.Surface.Position(row));
        rig.Stage.Go(1);
        rig.PlayUntil(() => rig.Stage.Standing.Name == "aurora", "the next preset");
    }

    [Fact]
    public void PanicBringsTheFirstPresetAlsoWhileAnotherIsBeingLoaded()
    {
        using var rig = new StageRig(StageRig.Settings with { Presets = ["aurora", "silk", "ink"], Resume = new ShowState { Preset = "silk", Index = 1 } });
        rig.Stage.Go(1);
        rig.Stage.Panic();
        rig.PlayUntil(() => rig.Stage.Standing.Name == "aurora", "the first preset");
    }

    [Fact]
    public void APresetThatCannotBeLoadedAgainGivesWayToTheFirst()
    {
        using var rig = new StageRig(StageRig.Settings with { Presets = ["silk"], Resume = new ShowState { Preset = "gone", Index = 4 } });
        Assert.Equal(("silk", 0), rig.Stage.Standing);
    }

    private static float LiveRowsDefault(StageRig rig, string id)
    {
        ControlRow row = rig.Surface.Rows[rig.Surface.IndexOf(id)];
        return row.ToUnit(row.Parameter!.Default);
    }
}
