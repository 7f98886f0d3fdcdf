using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;
using static AInimEngine.Mapping.Tests.Support.TestWorld;

namespace AInimEngine.Mapping.Tests;

public sealed class PresetErrorTests
{
    [Fact]
    public void AWrongKeyIsNamedWithItsPlaceAndTheLikelyOne() => Assert.Equal(
        "preset 'x.json' line 4 column 5: unknown key 'speeed' in motion; did you mean 'speed'?",
        ErrorOf("""
            { "version": 1, "name": "t",
              "motion":
              {
                "speeed": 1
              } }
            """));

    [Fact]
    public void AValueOutOfRangeIsNamedWithItsRangeAndUnit() => Assert.Equal(
        "preset 'x.json' line 2 column 24: motion.speed = 40 is outside 0..4 image change/s",
        ErrorOf("{ \"version\": 1, \"name\": \"t\",\n  \"motion\": { \"speed\": 40 } }"));

    [Fact]
    public void MalformedJsonIsNamedWithItsPlace() => Assert.Equal(
        "preset 'x.json' line 2 column 3: malformed JSON: 'o' is an invalid start of a property name. Expected a '\"'",
        ErrorOf("{ \"version\": 1,\n  oops }"));

    [Fact]
    public void ColumnsCountCharactersNotBytes() => Assert.Equal(
        "preset 'x.json' line 1 column 33: unknown key 'postt' in the preset; did you mean 'post'?",
        ErrorOf("{ \"version\": 1, \"name\": \"äöü€\", \"postt\": [] }"));

    [Fact]
    public void MalformedColumnsCountCharactersToo() => Assert.Contains(
        "line 1 column 33: malformed JSON",
        ErrorOf("{ \"version\": 1, \"name\": \"äöü€\", ? }"));

    [Theory]
    [InlineData("", "line 1 column 1: malformed JSON")]
    [InlineData("[]", "line 1 column 1: the preset must be an object, found a list")]
    [InlineData("{}", "line 1 column 1: the preset lacks the key 'version'")]
    [InlineData("""{"version": 2, "name": "t"}""", "line 1 column 13: version '2' is not known; this program reads version 1")]
    [InlineData("""{"version": "1", "name": "t"}""", "line 1 column 13: version must be the number 1, found a text")]
    [InlineData("""{"version": 1}""", "line 1 column 1: the preset lacks the key 'name'")]
    [InlineData("""{"version": 1, "name": 3}""", "line 1 column 24: 'name' in the preset must be a text, found a number")]
    [InlineData("""{"version": 1, "version": 1, "name": "t"}""", "line 1 column 16: key 'version' stands here twice")]
    [InlineData("""{"version": 1, "name": "t", "motion": 3}""", "line 1 column 39: motion must be an object, found a number")]
    [InlineData("""{"version": 1, "name": "t", "motion": {"speed": "fast"}}""", "line 1 column 49: motion.speed must be a number, found a text")]
    [InlineData("""{"version": 1, "name": "t", "motion": {"speed": 1e999}}""", "line 1 column 49: motion.speed = 1e999 is outside 0..4")]
    [InlineData("""{"version": 1, "name": "t", "motion": {"energy": "bas"}}""", "line 1 column 50: unknown source 'bas'; did you mean 'bass'?")]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "feld"}}""", "line 1 column 51: unknown generator type 'feld'; did you mean 'field'?")]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "universe": 1.5}}""", "line 1 column 72: generator.universe = 1.5 must be a whole number")]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "inputs": {"field.zom": 1}}}""", "line 1 column 71: unknown key 'field.zom' in generator.inputs; did you mean 'field.zoom'?")]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "inputs": {"field.zoom": 99}}}""", "line 1 column 85: field.zoom = 99 is outside 0.1..8")]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "style": "papr"}}""", "line 1 column 69: unknown style 'papr'; did you mean 'paper'?")]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "palette": 3}}""", "line 1 column 71: 'palette' in generator must be a text, found a number")]
    [InlineData("""{"version": 1, "name": "t", "post": {}}""", "line 1 column 37: 'post' must be a list, found an object")]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "blom"}]}""", "line 1 column 49: unknown shader 'blom'; did you mean 'bloom'?")]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "bloom"}, {"shader": "bloom"}]}""", "line 1 column 59: the post chain has two passes with the id 'bloom'; give this one another, e.g. \"id\": \"bloom2\"")]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "bloom", "id": "B 2"}]}""", "line 1 column 64: id 'B 2' must begin with a lower-case letter")]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "bloom", "values": {"strenght": 1}}]}""", "line 1 column 69: unknown key 'strenght' in values of shader 'bloom'; did you mean 'strength'?")]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "bloom", "values": {"strength": 3}}]}""", "line 1 column 81: bloom.strength = 3 is outside 0..2")]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "kaleido", "values": {"segments": 2.5}}]}""", "line 1 column 83: kaleido.segments = 2.5 must be a whole number")]
    public void WhatIsWrongIsNamedWithItsPlace(string json, string expected) => Assert.Contains(expected, ErrorOf(json));

    [Theory]
    [InlineData("""{"target": "latent.mid"}""", "column 45: a modulation lacks the key 'source'")]
    [InlineData("""{"source": "bass"}""", "column 45: a modulation lacks the key 'target'")]
    [InlineData("""{"source": "chroma", "target": "latent.mid"}""", "column 56: 'chroma' has 12 floats; write \"chroma[0]\" to \"chroma[11]\"")]
    [InlineData("""{"source": "chroma", "target": "field.tint"}""", "column 56: 'chroma' has 12 floats, but 'field.tint' has 3")]
    [InlineData("""{"source": "chroma[12]", "target": "latent.mid"}""", "column 56: 'chroma' has 12 floats")]
    [InlineData("""{"source": "chroma[", "target": "latent.mid"}""", "column 56: 'chroma[' is no name")]
    [InlineData("""{"source": "lfo:99", "target": "latent.mid"}""", "column 56: the rate of 'lfo:99' must be a number of Hz in 0.001..20")]
    [InlineData("""{"source": "lfo:x", "target": "latent.mid"}""", "column 56: the rate of 'lfo:x'")]
    [InlineData("""{"source": "bass", "target": "latent.midd"}""", "column 74: unknown target 'latent.midd'; did you mean 'latent.mid'")]
    [InlineData("""{"source": "bass", "target": "motion.glide"}""", "column 74: unknown target 'motion.glide'")]
    [InlineData("""{"source": "bass", "target": "post.bloom.strength"}""", "column 74: unknown target 'post.bloom.strength': the preset's post chain has no 'bloom'")]
    [InlineData("""{"source": "bass", "target": "post.kaleido.segment"}""", "column 74: unknown target 'post.kaleido.segment': shader 'kaleido' has no 'segment'; did you mean 'segments'?")]
    [InlineData("""{"source": "bass", "target": "field.zom"}""", "column 74: unknown target 'field.zom'; did you mean 'field.zoom'?")]
    [InlineData("""{"source": "bass", "target": "latent.mid", "mode": "mul"}""", "column 96: unknown mode 'mul'; there are: add, multiply, set")]
    [InlineData("""{"source": "bass", "target": "latent.mid", "mode": "set", "max": 2}""", "column 110: max = 2 is outside -1..1 for a row that sets latent.mid (-1..1 image change)")]
    [InlineData("""{"source": "bass", "target": "latent.mid", "attack": -1}""", "column 98: modulation.attack = -1 is outside 0..20000 ms")]
    public void WhatIsWrongInAModulationIsNamedWithItsPlace(string row, string expected) => Assert.Contains(
        expected, ErrorOf($$"""{"version": 1, "name": "t", "modulations": [{{row}}], "post": [{"shader": "kaleido"}]}"""));

    [Fact]
    public void ADefaultThatDoesNotFitTheTargetSaysSo() => Assert.Contains(
        "max = 1 (its default) is outside 0..0.5 for a row that sets flat.height",
        ErrorOf(
            """{"version": 1, "name": "t", "modulations": [{"source": "bass", "target": "post.flat.height", "mode": "set"}], "post": [{"shader": "flat"}]}""",
            FlatVocabulary()).Replace("post.flat", "flat", StringComparison.Ordinal));

    [Fact]
    public void InvalidUtf8IsNamedWithItsPlace()
    {
        byte[] bytes = [.. "{ \"version\": 1,\n  \""u8, 0xFF, .. "\": 1 }"u8];
        AInimException error = Assert.Throws<AInimException>(() => PresetReader.Parse(bytes, "x.json", Vocabulary));
        Assert.Equal("preset 'x.json' line 2 column 4: the file is not UTF-8 text", error.Message);
    }

    [Fact]
    public void HalfASurrogateIsRefused() => Assert.Contains(
        "malformed JSON: the text holds half a surrogate pair", ErrorOf("""{"version": 1, "name": "\ud800"}"""));

    [Fact]
    public void DepthIsBounded() => Assert.Contains("malformed JSON", ErrorOf("{\"version\":" + new string('[', 5000)));

    [Fact]
    public void SizeIsBounded() => Assert.Contains("at most 1048576", ErrorOf(new string(' ', 2_000_000)));

    [Fact]
    public void ALargeFileOnOneLineIsReadInTimeThatGrowsWithItsLength()
    {
        string json = "{\"version\":1,\"name\":\"t\",\"post\":[" + string.Join(",", Enumerable.Repeat("[]", 300_000)) + "]}";
        Assert.Contains("'post' has 300000 entries; at most 32 are allowed", ErrorOf(json));
    }

    [Fact]
    public void AMissingFileIsAPresetError()
    {
        AInimException error = Assert.Throws<AInimException>(() => PresetReader.Read("/nowhere/none.json", Vocabulary));
        Assert.Equal("cannot read preset '/nowhere/none.json': there is no such file", error.Message);
        Assert.Equal(ExitCode.Preset, error.ExitCode);
    }

    [Fact]
    public void UnknownInputsOfAGeneratorWithoutRowsAreRefusedByTheMapperWithTheirPlace()
    {
        Preset preset = Parse(
            """
            {"version": 1, "name": "t", "generator": {"type": "field"},
             "modulations": [{"source": "bass", "target": "field.zom"}]}
            """,
            MakeVocabulary(withInputs: false));
        AInimException error = Assert.Throws<AInimException>(
            () => Mapper.Create(preset, new LinearGenerator(3, 16, 1).Info(), Features, Vocabulary.Parameters, 1));
        Assert.Equal("preset 'x.json' line 2 column 47: unknown target 'field.zom'; did you mean 'field.zoom'?", error.Message);
    }

    [Fact]
    public void ValuesOfInputsWithoutRowsAreCheckedByTheMapperWithTheirPlace()
    {
        Preset preset = Parse(
            """
            {"version": 1, "name": "t", "generator": {"type": "field", "inputs":
              {"field.zoom": 99}}}
            """,
            MakeVocabulary(withInputs: false));
        AInimException error = Assert.Throws<AInimException>(
            () => Mapper.Create(preset, new LinearGenerator(3, 16, 1).Info(), Features, Vocabulary.Parameters, 1));
        Assert.Equal("preset 'x.json' line 2 column 18: field.zoom = 99 is outside 0.1..8", error.Message);
    }

    private static PresetVocabulary FlatVocabulary()
    {
        var table = new Core.Parameters.ParameterTable();
        table.Register(new Core.Parameters.Parameter("flat.height", "", 0, 0.5f, 0, "Height."));
        return new PresetVocabulary(Features, ["flat"], table);
    }
}
