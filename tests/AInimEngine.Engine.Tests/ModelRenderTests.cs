using AInimEngine.Core.Errors;
using AInimEngine.Engine.Doctor;
using AInimEngine.Engine.Explore;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Mapping.Presets;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Latents.Favourites;

namespace AInimEngine.Engine.Tests;

/// <summary>Presets and renders that trained models play; the shipped model stands for all.</summary>
[Collection(Pictures.One)]
public sealed class ModelRenderTests(Tracks tracks) : IDisposable
{
    private const string Model = "flames64";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ARenderWithAModelRepeatsAndGoesOnWhereItStopped()
    {
        RenderRequest whole = Request("whole.mkv"), again = Request("again.mkv");
        await RenderAsync(whole);
        using (OfflineHost host = await OfflineHost.OpenAsync(again, new Warnings(), CancellationToken.None))
        {
            // The second segment cannot be written: the first is kept.
            string inTheWay = Path.Combine(WorkFolder.PathFor(again.Output), "segment-00001.mkv", "full");
            Directory.CreateDirectory(inTheWay);
            await Assert.ThrowsAsync<AInimException>(() => host.RunAsync(CancellationToken.None));
            Directory.Delete(Path.GetDirectoryName(inTheWay)!, recursive: true);
        }
        using (OfflineHost host = await OfflineHost.OpenAsync(again, new Warnings(), CancellationToken.None))
        {
            Assert.Equal(12, host.Plan.FirstFrame);
            foreach (string detail in (string[])["model", "model precision", "model noise", "model decode", "model responses"])
                Assert.Contains(detail, host.Plan.Details.Keys);
            Assert.Contains("64", host.Plan.Details["model decode"], StringComparison.Ordinal);
            await host.RunAsync(CancellationToken.None);
        }
        string[] hashes = File.ReadAllLines(whole.HashesPath!);
        Assert.Equal(24, hashes.Distinct().Count());
        Assert.Equal(hashes, File.ReadAllLines(again.HashesPath!));
    }

    [Theory]
    [InlineData(128, 72)]
    [InlineData(72, 128)]
    [InlineData(64, 64)]
    [InlineData(128, 48)]
    public void AModelFillsEveryShape(int width, int height)
    {
        using Scene scene = Scene.Load("pulse", width, height, null, model: Model);
        Assert.InRange((double)scene.PictureWidth / scene.PictureHeight * height / width, 0.98, 1.02);
        Assert.True(scene.PictureWidth <= width && scene.PictureHeight <= height);
        Film film = new Film([.. Frames(width, height)], width, height);
        Assert.All(film.Looks, look => Assert.True(look.Deviation > 4, $"a deviation of {look.Deviation:f1}"));
    }

    [Fact]
    public void AnyPresetTakesAModelAndSaysOnceWhatTheModelLacks()
    {
        foreach (string preset in Scene.Presets().List().Select(entry => entry.Name))
        {
            var warnings = new Warnings();
            using Scene scene = Scene.Load(preset, 64, 36, null, model: Model, warnings: warnings);
            scene.CreateMapper();
            Assert.Equal(Model, scene.Player!.Card.Name);
            Assert.Equal(Scene.ReadPreset(preset).Generator.Type == GeneratorSettings.FieldType ? 1 : 0, warnings.Messages.Count);
        }
    }

    [Fact]
    public void APresetWhoseModelIsMissingIsPlayedWithTheFieldAndSaysSo()
    {
        File.WriteAllText(_folder["lost.json"], """
            { "version": 1, "name": "Lost", "generator": { "type": "model", "model": "flames6", "bend": [ { "id": "a", "group": "mid", "operation": "rotate" } ] },
              "motion": { "waypoints": "sections" },
              "modulations": [ { "source": "bass", "target": "bend.a" }, { "source": "loudness", "target": "model.truncation", "max": 0.2 }, { "source": "bass", "target": "latent.mid", "max": 0.1 } ] }
            """);
        var warnings = new Warnings();
        using Scene scene = Scene.Load(_folder["lost.json"], 64, 36, null, warnings: warnings);
        scene.CreateMapper();
        Assert.StartsWith("field", scene.Generator.Name, StringComparison.Ordinal);
        string warning = Assert.Single(warnings.Messages);
        Assert.Contains("'Lost'", warning, StringComparison.Ordinal);
        Assert.Contains("'flames6'", warning, StringComparison.Ordinal);
        Assert.Contains(Model, warning, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', warning);
    }

    [Fact]
    public void AModelThatNobodyHasIsRefusedWithThoseThatThereAre()
    {
        AInimException error = Assert.Throws<AInimException>(() => Scene.Load("aurora", 64, 36, null, model: "flames46"));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains("'flames46'", error.Message, StringComparison.Ordinal);
        Assert.Contains(Model, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"class\": 2", "line 1 column 71: the model 'flames64' has no classes")]
    [InlineData("\"favourites\": \"none.json\"", "none.json")]
    public void WhatAModelDoesNotHaveIsNamed(string setting, string expected)
    {
        File.WriteAllText(_folder["x.json"], $$"""{ "version": 1, "name": "x", "generator": { "type": "model", {{setting}}, "model": "flames64" }, "motion": { "waypoints": ["dawn"] } }""");
        AInimException error = Assert.Throws<AInimException>(() =>
        {
            using Scene scene = Scene.Load(_folder["x.json"], 64, 36, null);
            scene.CreateMapper();
        });
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFavouriteThatWasFoundInOtherWeightsIsNamed()
    {
        using (ExploreModel model = ExploreModel.Open(new ExploreSettings { Model = Model, Favourites = _folder["f.json"] }))
        {
            model.AddFavourite("dawn", model.FromSeed(3).W, 3, null);
            model.AddFavourite("dusk", model.FromSeed(4).W, 4, null);
        }
        File.WriteAllText(_folder["x.json"], $$"""{ "version": 1, "name": "x", "generator": { "type": "model", "favourites": "f.json", "model": "{{Model}}" }, "motion": { "waypoints": ["dawn"] } }""");
        Assert.Empty(Loaded());

        FavouriteList list = FavouriteFile.Read(_folder["f.json"]);
        FavouriteFile.Write(_folder["f.json"], list with { Points = [.. list.Points.Select(point => point with { Weights = "0123456789abcdef" })] });
        string warning = Assert.Single(Loaded());
        Assert.Contains("the favourites dawn of preset 'x'", warning, StringComparison.Ordinal);

        IReadOnlyList<string> Loaded()
        {
            var warnings = new Warnings();
            Scene.Load(_folder["x.json"], 64, 36, null, warnings: warnings).Dispose();
            return warnings.Messages;
        }
    }

    [Fact]
    public void ASeedIsAnotherJourneyThroughTheSameModel()
    {
        using Scene own = Scene.Load("pulse", 64, 36, null, model: Model), other = Scene.Load("pulse", 64, 36, 12345, model: Model);
        Assert.NotEqual(own.Seed, other.Seed);
        Assert.Equal(own.Player!.Hash, other.Player!.Hash);
    }

    [Fact]
    public void AShowMeasuresThePrecisionThatAPresetLeavesOpenAndARenderDoesNot()
    {
        using Scene render = Scene.Load("pulse", 64, 36, null, model: Model), show = Scene.Load("pulse", 64, 36, null, model: Model, isLive: true);
        Assert.Null(render.MeasuredPrecision);
        Assert.Equal(DecodePrecision.Float32, render.Player!.Settings.Precision);
        Assert.Equal(show.MeasuredPrecision!.Precision, show.Player!.Settings.Precision);
        Assert.True(show.MeasuredPrecision.ExactSeconds > 0 && show.MeasuredPrecision.SmallSeconds > 0);
    }

    [Fact]
    public void TheDoctorSaysInWhichNumbersAShowDecodes()
    {
        List<Finding> findings = [.. Examination.Run()];
        Finding live = Assert.Single(findings, finding => finding.Subject == "live" && finding.Text.StartsWith(Model, StringComparison.Ordinal));
        Assert.Contains(" dB", live.Text, StringComparison.Ordinal);
        Assert.Single(findings, finding => finding.Subject == "decoding");
    }

    private IEnumerable<byte[]> Frames(int width, int height)
    {
        File.WriteAllText(_folder["plain.json"], $$"""{ "version": 1, "name": "x", "generator": { "type": "model", "model": "{{Model}}" }, "motion": { "places": [3, 12], "waypoints": "places" } }""");
        using var path = new FramePath(_folder["plain.json"], tracks.TheTune, width, height);
        return path.Take(2);
    }

    private RenderRequest Request(string name) => new()
    {
        Input = tracks.TheTune.Path,
        Output = _folder[name],
        Preset = "pulse",
        Model = Model,
        Width = 96,
        Height = 64,
        ToSeconds = 0.8,
        HashesPath = _folder[name + ".txt"],
        SegmentSeconds = 0.4,
        Codec = "ffv1",
    };

    private static async Task RenderAsync(RenderRequest request)
    {
        using OfflineHost host = await OfflineHost.OpenAsync(request, new Warnings(), CancellationToken.None);
        await host.RunAsync(CancellationToken.None);
    }
}
