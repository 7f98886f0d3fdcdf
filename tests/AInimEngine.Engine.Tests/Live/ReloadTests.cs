using AInimEngine.Core.Control;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>Presets and shaders that are edited while they play.</summary>
[Collection(Pictures.One)]
public sealed class ReloadTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnEditTakesThePresetsPlaceABrokenOneStaysAwayAndAMendedOneSaysSo()
    {
        string preset = _folder["mine.json"];
        Write(preset, 0.25);
        using var rig = new StageRig(StageRig.Settings with { Presets = [preset, "silk"] });
        int saturation = rig.Surface.IndexOf("param/grade.saturation"), vignette = rig.Surface.IndexOf("param/vignette.strength");
        rig.PlayUntil(() => rig.Stage.Pictures > 2, "pictures");
        Assert.Equal(0.25, rig.Surface.Value(vignette), 3);
        // What a hand holds stays held.
        rig.Surface.Apply(new ControlEvent(saturation, 0.3f));
        float held = rig.Surface.Value(saturation);
        rig.Stage.Hold(saturation, held);

        Write(preset, 0.75);
        rig.PlayUntil(() => rig.Said.Any(said => said.Text.Contains("edited", StringComparison.Ordinal)) && !rig.Stage.IsChanging, "the edit");
        Assert.Equal(0.75, rig.Surface.Value(vignette), 3);
        Assert.Equal(held, rig.Surface.Value(saturation), 4);
        Assert.Null(rig.Stage.Trouble);

        File.WriteAllText(preset, "{\n  \"version\": 1,\n  \"name\": \"Mine\",\n  \"generator\": 7\n}\n");
        rig.PlayUntil(() => rig.Stage.Trouble is not null, "the refusal");
        Assert.Contains("mine.json", rig.Stage.Trouble, StringComparison.Ordinal);
        Assert.Contains("line 4", rig.Stage.Trouble, StringComparison.Ordinal);
        Assert.True(rig.Said[^1].IsProblem);
        long pictures = rig.Stage.Pictures;
        rig.PlayUntil(() => rig.Stage.Pictures > pictures + 2, "more pictures");
        Assert.Equal(0.75, rig.Surface.Value(vignette), 3);

        Write(preset, 0.5);
        rig.PlayUntil(() => rig.Stage.Trouble is null && rig.Said[^1].Text.Contains("mended", StringComparison.Ordinal), "the mended one");
        Assert.Equal(0.5, rig.Surface.Value(vignette), 3);
        rig.PlayUntil(() => !rig.Stage.IsChanging && !rig.Stage.IsFreeing, "rest");
    }

    [Theory]
    [InlineData("/a/presets/mine.json", true)]
    [InlineData("/a/config/ainim/presets/mine.json", true)]
    [InlineData("/a/config/ainim/shaders/bloom.frag", true)]
    [InlineData("/a/presets/other.json", false)]
    [InlineData("/a/presets/models/mine.json", false)]
    [InlineData("/a/shaders/post/grade.frag", false)]
    public void OnlyWhatAPresetIsMadeFromMatters(string path, bool matters) =>
        Assert.Equal(matters, new PlayedFiles("mine", 0, "/a/presets/mine.json", ["bloom"], 0).Matters(path));

    [Fact]
    public void ASaveInManyStepsIsOneChangeAndIsToldOnce()
    {
        int woken = 0;
        using var watch = new FolderWatch([(Path.GetDirectoryName(_folder["x"])!, false), (_folder["missing"], true)], () => Interlocked.Increment(ref woken), new Warnings());
        Assert.Null(watch.Wait);
        File.WriteAllText(_folder["x.frag~"], "no preset");
        File.WriteAllText(_folder["part"], "void");
        File.Move(_folder["part"], _folder["x.frag"]);
        File.AppendAllText(_folder["x.frag"], "more");
        Assert.True(SpinWait.SpinUntil(() => watch.Wait == TimeSpan.Zero, TimeSpan.FromSeconds(60)));
        Assert.True(woken > 0);
        Assert.True(watch.Any(0, path => path == _folder["x.frag"]));
        Assert.False(watch.Any(0, path => path != _folder["x.frag"]));
        Assert.False(watch.Any(long.MaxValue, _ => true));
        watch.Forget(long.MaxValue);
        Assert.Null(watch.Wait);
    }

    [Fact]
    public void OnlyDeepFoldersAreSeenWithinAndWhatIsLostCountsAsAChange()
    {
        string within = Directory.CreateDirectory(_folder["within"]).FullName, root = Path.GetDirectoryName(within)!;
        using var flat = new FolderWatch([(root, false)], () => { }, new Warnings());
        using var deep = new FolderWatch([(root, false), (root, true)], () => { }, new Warnings());
        File.WriteAllText(Path.Combine(within, "x.json"), "{}");
        File.WriteAllText(_folder["x.json"], "{}");
        Waiting.Until(() => flat.Any(0, path => path == _folder["x.json"]), "the edit");
        Waiting.Until(() => deep.Any(0, path => path == Path.Combine(within, "x.json")), "the edit within");
        Assert.False(flat.Any(0, path => path == Path.Combine(within, "x.json")));
        flat.Forget(long.MaxValue);
        Assert.Null(flat.Wait);
        flat.Lose(new InternalBufferOverflowException());
        Assert.NotNull(flat.Wait);
        Assert.True(flat.Any(0, _ => false));
        flat.Forget(long.MaxValue);
        Assert.False(flat.Any(0, _ => true));
    }

    // As many editors do: another file takes its place.
    private static void Write(string preset, double vignette)
    {
        string text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""
            {
              "version": 1,
              "name": "Mine",
              "description": "For a test.",
              "generator": { "type": "field", "universe": 7, "width": 64, "style": "aurora", "palette": "aurora" },
              "motion": { "speed": 0.1 },
              "modulations": [],
              "post": [ { "shader": "grade" }, { "shader": "vignette", "values": { "strength": {{vignette}} } } ]
            }
            """);
        File.WriteAllText(preset + ".part", text);
        File.Move(preset + ".part", preset, overwrite: true);
    }
}
