using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;

namespace AInimEngine.Mapping.Tests;

public sealed class PresetSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(PresetSchema.Generate(TestWorld.Vocabulary)).RootElement;

    [Fact]
    public void TheSchemaSaysDraftAndRangesAndDescriptions()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Schema.GetProperty("$schema").GetString());
        JsonElement speed = Schema.GetProperty("properties").GetProperty("motion").GetProperty("properties").GetProperty("speed");
        Assert.Equal("""{"type":"number","minimum":0,"maximum":4,"default":0.12}""", Without(speed, "description"));
        Assert.Contains("Unit: image change/s.", speed.GetProperty("description").GetString());
    }

    [Fact]
    public void TheSameVocabularyGivesTheSameText() =>
        Assert.Equal(PresetSchema.Generate(TestWorld.Vocabulary), PresetSchema.Generate(TestWorld.MakeVocabulary(withInputs: true)));

    [Theory]
    [InlineData("""{"version": 1, "name": "t"}""", true)]
    [InlineData("""{"name": "t"}""", false)]
    [InlineData("""{"version": 2, "name": "t"}""", false)]
    [InlineData("""{"version": 1, "name": "t", "motion": {"speeed": 1}}""", false)]
    [InlineData("""{"version": 1, "name": "t", "motion": {"speed": 4}}""", true)]
    [InlineData("""{"version": 1, "name": "t", "motion": {"speed": 4.5}}""", false)]
    [InlineData("""{"version": 1, "name": "t", "motion": {"energy": "bas"}}""", false)]
    [InlineData("""{"version": 1, "name": "t", "motion": {"energy": "chroma[11]"}}""", true)]
    [InlineData("""{"version": 1, "name": "t", "motion": {"energy": "lfo:0.25"}}""", true)]
    [InlineData("""{"version": 1, "name": "t", "motion": {"energy": "raw.loudness"}}""", true)]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "bloom", "values": {"strength": 1}}]}""", true)]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "bloom", "values": {"strength": 3}}]}""", false)]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "bloom", "values": {"segments": 3}}]}""", false)]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "kaleido", "values": {"segments": 2.5}}]}""", false)]
    [InlineData("""{"version": 1, "name": "t", "post": [{"shader": "blom"}]}""", false)]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "inputs": {"field.zoom": 1, "field.tint[2]": 1}}}""", true)]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "inputs": {"field.zoom": 0}}}""", false)]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "style": "neon", "palette": "abyss"}}""", true)]
    [InlineData("""{"version": 1, "name": "t", "generator": {"type": "field", "style": "neom"}}""", false)]
    [InlineData("""{"version": 1, "name": "t", "modulations": [{"source": "bass", "target": "latent.mid", "mode": "set", "curve": "gate"}]}""", true)]
    [InlineData("""{"version": 1, "name": "t", "modulations": [{"source": "bass", "target": "latent.middle"}]}""", false)]
    [InlineData("""{"version": 1, "name": "t", "modulations": [{"source": "bass"}]}""", false)]
    [InlineData("""{"version": 1, "name": "t", "modulations": [{"source": "bass", "target": "latent.mid", "attack": -1}]}""", false)]
    public void SchemaAndReaderJudgeAlike(string json, bool sound)
    {
        string? fault = new SchemaCheck(Schema).Find(JsonDocument.Parse(json).RootElement);
        Assert.True(sound == fault is null, $"the schema says: {fault ?? "sound"}");
        if (sound)
            TestWorld.Parse(json);
        else
            Assert.Throws<AInimException>(() => TestWorld.Parse(json));
    }

    [Fact]
    public void TheReferenceNamesEveryRow()
    {
        string text = PresetReference.Generate(TestWorld.Vocabulary);
        foreach (string name in new[] { "`glide`", "`fatigue`", "`latent.fine`", "`field.zoom`", "`threshold`", "### `kaleido`", "`onset.low`", "`chroma[0]` to `chroma[11]`" })
            Assert.Contains(name, text);
        Assert.DoesNotContain(" | \n", text);
        Assert.EndsWith("\n", text);
    }

    [Fact]
    public void ReadingTheSchemaBackGivesTheSameSchema() =>
        Assert.Equal(PresetSchema.Generate(TestWorld.Vocabulary), PresetSchema.Generate(SchemaVocabulary.Read(Schema)));

    private static string Without(JsonElement element, string key) => "{" + string.Join(",", element.EnumerateObject()
        .Where(member => member.Name != key).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}")) + "}";
}
