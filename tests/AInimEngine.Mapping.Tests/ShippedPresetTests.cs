using System.Text.Json;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Randomness;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;
using static AInimEngine.Mapping.Tests.Support.TestWorld;

namespace AInimEngine.Mapping.Tests;

public sealed class ShippedPresetTests
{
    private static readonly string Folder = Path.Combine(Root, "presets");
    private static readonly string SchemaText = File.ReadAllText(Path.Combine(Folder, "schema.json"));
    private static readonly JsonElement Schema = JsonDocument.Parse(SchemaText).RootElement;
    private static readonly PresetVocabulary Shipped = SchemaVocabulary.Read(Schema);
    private static readonly PresetLibrary Library = new(Folder, null);

    public static TheoryData<string> Names => [.. Library.List().Select(entry => entry.Name)];

    [Fact]
    public void ThereAreTheDefaultAndAtLeastFiveOthers()
    {
        Assert.Contains(Library.List(), entry => entry.Name == Preset.DefaultName);
        Assert.True(Library.List().Count >= 6);
    }

    [Fact]
    public void TheSchemaIsUpToDateWithOurTables() => Assert.Equal(PresetSchema.Generate(Shipped), SchemaText);

    [Fact]
    public void TheReferenceHoldsEveryRowOfTheTables()
    {
        string text = File.ReadAllText(Path.Combine(Root, "docs", "presets.md"));
        foreach (string line in PresetReference.Generate(Shipped with { Patterns = [] }).Split('\n'))
        {
            // What a feature means is known to the analysis alone; a test of the engine compares the whole text.
            if (!Shipped.Features.Fields.Any(feature => line.StartsWith($"| `{feature.Name}", StringComparison.Ordinal) && line.Contains("| 0..1 |", StringComparison.Ordinal)))
                Assert.Contains(line, text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AShippedPresetFitsSchemaAndTables(string name)
    {
        JsonElement json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement;
        Assert.Null(new SchemaCheck(Schema).Find(json));
        Assert.Equal("./schema.json", json.GetProperty("$schema").GetString());
        Preset preset = Library.Load(name, Shipped);
        Assert.NotEmpty(preset.Description);
        Assert.NotEmpty(preset.Post);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AShippedPresetMovesAndStaysInRangeWhateverIsHeard(string name)
    {
        Mapper mapper = MakeMapper(name);
        var features = new FeatureFrame(Shipped.Features);
        var controls = new ControlFrame(mapper.Layout);
        for (int frame = 0; frame < 300; frame++)
        {
            Philox.Uniform(7, (ulong)frame, features.Values);
            mapper.Map(features, At(frame), controls);
            foreach (FrameField entry in mapper.Layout.Fields)
                foreach (float value in controls.Values.AsSpan(mapper.Layout.OffsetOf(entry.Name), entry.Length))
                    Assert.InRange(value, entry.Min, entry.Max);
        }
        // Ten seconds of full-range noise, which no music is: even then at most one and a half changes of the whole picture a second.
        Assert.InRange(mapper.Travelled, 0.05, 15);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AShippedPresetShowsAnOnsetInItsOwnFrame(string name)
    {
        // Some value of the picture's own is farther from where it was in the onset's frame than in any later one.
        Mapper mapper = MakeMapper(name);
        var features = new FeatureFrame(Shipped.Features);
        var controls = new ControlFrame(mapper.Layout);
        const int Frames = 25, OnsetFrame = 10;
        int first = mapper.Layout.OffsetOf("latent"), last = mapper.Layout.OffsetOf("output.fade");
        float[][] seen = new float[Frames][];
        for (int frame = 0; frame < Frames; frame++)
        {
            foreach (string onset in new[] { "onset", "onset.low", "onset.mid", "onset.high" })
                Set(features, onset, frame == OnsetFrame ? 1 : 0);
            mapper.Map(features, At(frame), controls);
            seen[frame] = controls.Values[first..last];
        }
        Assert.Contains(Enumerable.Range(0, last - first), i =>
        {
            float rest = seen[OnsetFrame - 1][i], jump = MathF.Abs(seen[OnsetFrame][i] - rest);
            return jump > 0.02f && seen.All(frame => MathF.Abs(frame[i] - rest) <= jump + 1e-6f);
        });
    }

    [Fact]
    public void ShippedPresetsDifferInGeneratorMotionAndChain()
    {
        Preset[] presets = [.. Library.List().Select(entry => Library.Load(entry.Name, Shipped))];
        Assert.Equal(presets.Length, presets.Select(preset => preset.Generator.Universe).Distinct().Count());
        Assert.True(presets.Max(preset => preset.Motion.Speed) > 3 * presets.Min(preset => preset.Motion.Speed));
        Assert.Equal(presets.Length, presets.Select(preset => preset.Description).Distinct().Count());
    }

    private static Mapper MakeMapper(string name)
    {
        Preset preset = Library.Load(name, Shipped);
        bool isModel = preset.Generator.Type == GeneratorSettings.ModelType;
        var linear = new LinearGenerator(isModel ? 9 : 3, 16, 0.05f);
        Core.Parameters.Parameter[] rows =
        [
            .. Shipped.RowsOf(preset.Generator.Type),
            .. preset.Generator.Model?.Bends.Select(bend => new Core.Parameters.Parameter("bend." + bend.Id, "", -16, 16, bend.Amount, "Amount.")) ?? [],
        ];
        var generator = new GeneratorInfo(
            linear.Layout,
            [linear.Info().Inputs[0], .. rows.Select(row => new FrameField(row.Id, 1, row.Unit, row.Min, row.Max, row.Description))],
            [.. rows.Select(row => row.Default)],
            linear.Sample);
        return Mapper.Create(preset, generator, Shipped.Features, Shipped.Parameters, 1);
    }
}
