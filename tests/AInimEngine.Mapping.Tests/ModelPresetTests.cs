using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;
using static AInimEngine.Mapping.Tests.Support.TestWorld;

namespace AInimEngine.Mapping.Tests;

public sealed class ModelPresetTests
{
    private static readonly PresetVocabulary Models = MakeModels();

    [Fact]
    public void AModelIsReadWithAllItsSettings()
    {
        GeneratorSettings generator = Parse("""
            { "version": 1, "name": "t", "generator": { "type": "model", "model": "cats", "width": 640, "truncation": 0.7, "cutoff": 4,
              "noise": "driven", "noise_seed": 9, "precision": "bf16", "class": 3, "inputs": { "bend.twist": 0.2 },
              "bend": [ { "id": "twist", "group": "mid", "operation": "rotate", "share": 0.5, "seed": 2 },
                        { "id": "cut", "layer": 5, "operation": "ablate", "channels": [1, 2], "amount": 1 } ] } }
            """, Models).Generator;
        ModelSettings model = generator.Model!;
        Assert.Equal(("model", "cats", 640, 4, "driven", 9, "bf16", "3"), (generator.Type, model.Name, model.Width, model.Cutoff, model.Noise, model.NoiseSeed, model.Precision, model.Class));
        Assert.Equal([("bend.twist", 0.2f), ("model.truncation", 0.7f)], generator.Inputs.Select(input => (input.Name, input.Value)));
        Assert.Equal([("twist", "mid", null, "rotate"), ("cut", null, (int?)5, "ablate")], model.Bends.Select(bend => (bend.Id, bend.Group, bend.Layer, bend.Operation)));
        Assert.Equal([1, 2], model.Bends[1].Channels);
    }

    [Theory]
    [InlineData("""{"type": "model"}""", "column 42: generator lacks the key 'model'")]
    [InlineData("""{"type": "model", "model": "m", "style": "neon"}""", "column 74: unknown key 'style' in generator")]
    [InlineData("""{"type": "field", "model": "m"}""", "column 60: unknown key 'model' in generator")]
    [InlineData("""{"type": "model", "model": "m", "noise": "drivn"}""", "column 83: unknown noise 'drivn'; did you mean 'driven'?")]
    [InlineData("""{"type": "model", "model": "m", "precision": "fp16"}""", "column 87: unknown precision 'fp16'; there are: auto, fp32, bf16")]
    [InlineData("""{"type": "model", "model": "m", "truncation": 5}""", "column 88: model.truncation = 5 is outside -1..2")]
    [InlineData("""{"type": "model", "model": "m", "cutoff": 1.5}""", "column 84: model.cutoff = 1.5 must be a whole number")]
    [InlineData("""{"type": "model", "model": "m", "class": []}""", "column 83: 'class' must be the name or the whole number of a class")]
    [InlineData("""{"type": "model", "model": "m", "truncation": 1, "inputs": {"model.truncation": 1}}""", "column 88: truncation stands here and in inputs")]
    [InlineData("""{"type": "model", "model": "m", "inputs": {"model.nose": 1}}""", "column 85: unknown key 'model.nose' in generator.inputs; did you mean 'model.noise'?")]
    [InlineData("""{"type": "model", "model": "m", "bend": [{"id": "a", "operation": "rotat", "layer": 1}]}""", "column 108: unknown operation 'rotat'; did you mean 'rotate'?")]
    [InlineData("""{"type": "model", "model": "m", "bend": [{"id": "a", "operation": "rotate"}]}""", "column 83: a bend needs its place")]
    [InlineData("""{"type": "model", "model": "m", "bend": [{"id": "a", "operation": "rotate", "layer": 1, "group": "mid"}]}""", "column 83: a bend needs its place")]
    [InlineData("""{"type": "model", "model": "m", "bend": [{"id": "a", "operation": "rotate", "group": "midd"}]}""", "column 127: unknown group 'midd'; did you mean 'mid'?")]
    [InlineData("""{"type": "model", "model": "m", "bend": [{"id": "A", "operation": "rotate", "layer": 1}]}""", "column 90: id 'A' must begin with a lower-case letter")]
    [InlineData("""{"type": "model", "model": "m", "bend": [{"id": "a", "operation": "rotate", "layer": 1, "amount": 99}]}""", "column 140: bend.amount = 99 is outside -16..16")]
    public void WhatIsWrongInAModelIsNamedWithItsPlace(string generator, string expected) =>
        Assert.Contains(expected, ErrorOf($$"""{"version": 1, "name": "t", "generator": {{generator}}}""", Models));

    [Theory]
    [InlineData("""{"waypoints": "section"}""", "column 53: unknown waypoints 'section'; did you mean 'sections'?")]
    [InlineData("""{"waypoints": "places"}""", "column 53: waypoints along places need at least one")]
    [InlineData("""{"waypoints": [1], "places": [2]}""", "column 68: 'waypoints' is a list already")]
    [InlineData("""{"places": [1.5]}""", "column 51: a point is the name of a favourite or a seed")]
    [InlineData("""{"anchors": {"groups": ["fin"]}}""", "column 63: unknown group 'fin'; did you mean 'fine'?")]
    [InlineData("""{"anchors": {"groups": [], "point": []}}""", "column 66: unknown key 'point' in anchors; did you mean 'points'?")]
    [InlineData("""{"chords": 9}""", "column 50: motion.chords = 9 is outside 0..4 image change")]
    public void WhatIsWrongInTheJourneyIsNamedWithItsPlace(string motion, string expected) =>
        Assert.Contains(expected, ErrorOf($$"""{"version": 1, "name": "t", "motion": {{motion}}}"""));

    [Fact]
    public void ALayerThatTheGeneratorLacksIsNamedWithThoseItHas()
    {
        Preset preset = WithModulations("""{"source": "bass", "target": "latent.layer[3]", "max": 0.1}""");
        AInimException error = Assert.Throws<AInimException>(() => Mapper.Create(preset, new LinearGenerator(3, 16, 1).Info(), Features, Vocabulary.Parameters, 1));
        Assert.Contains("the generator has latent layers 0 to 2, not 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("unknown target 'latent.layer[x]'", ErrorOf("""{"version": 1, "name": "t", "modulations": [{"source": "bass", "target": "latent.layer[x]"}]}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void AFavouriteThatIsNotThereIsNamedWithThoseThatAre()
    {
        Preset preset = Parse("""{"version": 1, "name": "t", "motion": {"waypoints": ["sunrse"]}}""");
        GeneratorInfo info = new LinearGenerator(3, 16, 1).Info() with { Favourites = new Dictionary<string, ReadOnlyMemory<float>> { ["sunrise"] = new float[48] } };
        AInimException error = Assert.Throws<AInimException>(() => Mapper.Create(preset, info, Features, Vocabulary.Parameters, 1));
        Assert.Contains("line 1 column 54: there is no favourite 'sunrse' of this generator; did you mean 'sunrise'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModulationMovesALayerOfTheControls()
    {
        var generator = new LinearGenerator(3, 16, 0.1f);
        Mapper still = Make(""), moved = Make("""{"source": "bass", "target": "latent.layer[1]", "max": 0.05}""");
        FeatureFrame features = new(Features);
        Set(features, "bass", 1);
        ControlFrame plain = new(still.Layout), pushed = new(moved.Layout);
        still.Map(features, At(0), plain);
        moved.Map(features, At(0), pushed);
        Assert.Equal(0.05, generator.Change(plain.Values.AsSpan(0, 48), pushed.Values.AsSpan(0, 48)), 1e-5);

        Mapper Make(string rows) => Mapper.Create(WithModulations(rows), generator.Info(), Features, Vocabulary.Parameters, 1);
    }

    [Fact]
    public void AFieldPresetKeepsItsMotionWithAModelAndSaysWhatItLost()
    {
        Preset preset = Parse("""
            { "version": 1, "name": "t", "generator": { "type": "field", "universe": 3, "inputs": { "field.zoom": 2 } },
              "modulations": [ { "source": "bass", "target": "latent.mid", "max": 0.1 }, { "source": "chroma[1]", "target": "field.tint[0]" },
                               { "source": "bass", "target": "field.zoom", "max": 1 }, { "source": "high", "target": "field.zoom", "max": 1 } ] }
            """);
        var leftOut = new List<string>();
        Preset adapted = PresetAdaptation.ToModel(preset, "cats", 9, leftOut);
        Assert.Equal(("model", 3, "cats"), (adapted.Generator.Type, adapted.Generator.Universe, adapted.Generator.Model!.Name));
        Assert.Equal(["latent.mid"], adapted.Modulations.Select(row => row.Target));
        Assert.Empty(adapted.Generator.Inputs);
        Assert.Equal(["field.tint[0]", "field.zoom"], leftOut);
    }

    [Fact]
    public void WhatASmallerModelLacksOfLayersIsMovedInItsLast()
    {
        Preset preset = Parse("""
            { "version": 1, "name": "t", "generator": { "type": "model", "model": "cats", "bend": [ { "id": "a", "layer": 8, "operation": "rotate" } ] },
              "modulations": [ { "source": "bass", "target": "latent.layer[7]" }, { "source": "bass", "target": "latent.layer[2]" } ] }
            """, Models);
        var leftOut = new List<string>();
        Preset adapted = PresetAdaptation.ToModel(preset, "kittens", 5, leftOut);
        Assert.Equal(["latent.layer[4]", "latent.layer[2]"], adapted.Modulations.Select(row => row.Target));
        Assert.Equal(4, Assert.Single(adapted.Generator.Model!.Bends).Layer);
        Assert.Empty(leftOut);
    }

    [Fact]
    public void AModelPresetIsPlayableWithTheFieldWithoutItsModelsOwn()
    {
        Preset preset = Parse("""
            { "version": 1, "name": "t", "generator": { "type": "model", "model": "cats", "universe": 3, "bend": [ { "id": "a", "layer": 1, "operation": "rotate" } ] },
              "motion": { "waypoints": "sections", "places": ["dawn", 4] },
              "modulations": [ { "source": "bass", "target": "model.truncation", "max": 0.1 }, { "source": "bass", "target": "bend.a" },
                               { "source": "bass", "target": "latent.layer[9]" }, { "source": "bass", "target": "latent.mid" } ] }
            """, Models);
        Preset field = PresetAdaptation.ToField(preset);
        Assert.Equal(("field", 3), (field.Generator.Type, field.Generator.Universe));
        Assert.Null(field.Generator.Model);
        Assert.Equal(["latent.mid"], field.Modulations.Select(row => row.Target));
        Assert.All(field.Motion.Places, place => Assert.Null(place.Name));
        Assert.Equal(WaypointMode.Sections, field.Motion.Waypoints);
        Mapper.Create(field, new LinearGenerator(3, 16, 1).Info(), Features, Vocabulary.Parameters, 1);
    }

    private static PresetVocabulary MakeModels()
    {
        PresetVocabulary plain = MakeVocabulary(withInputs: true);
        plain.Parameters.Register(new Parameter("model.truncation", "", -1, 2, 1, "Truncation."));
        plain.Parameters.Register(new Parameter("model.noise", "", 0, 2, 1, "Noise."));
        return plain with { GeneratorWords = new Dictionary<string, IReadOnlyList<string>> { ["model.operation"] = ["rotate", "ablate"] } };
    }
}
