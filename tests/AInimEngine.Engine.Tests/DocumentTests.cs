using AInimEngine.Control;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Mapping.Presets;
using AInimEngine.Neural.Field;

namespace AInimEngine.Engine.Tests;

/// <summary>
/// The files that are made from the tables: presets/schema.json, docs/presets.md and docs/controls.md. After a change of features,
/// shaders, generator inputs or mapping parameters, run these tests with AINIM_WRITE_DOCS=1 and commit them.
/// </summary>
[Collection(Pictures.One)]
public sealed class DocumentTests
{
    private static readonly PresetVocabulary Vocabulary = Scene.FullVocabulary();

    [Fact]
    public void TheSchemaIsWhatTheTablesSay() => IsUpToDate("presets/schema.json", PresetSchema.Generate(Vocabulary));

    [Fact]
    public void TheReferenceIsWhatTheTablesSay() => IsUpToDate("docs/presets.md", PresetReference.Generate(Vocabulary));

    [Fact]
    public void TheControlsAreWhatTheTableSays() => IsUpToDate("docs/controls.md", ControlDocument.Write(LiveRows.Create(Vocabulary.Parameters), LiveRows.KeyOf));

    [Fact]
    public void TheVocabularyKnowsEveryStyleAndPaletteOfTheGenerator()
    {
        Assert.Equal(Enum.GetValues<FieldStyle>(), Vocabulary.GeneratorWords["field.style"].Select(word => Enum.Parse<FieldStyle>(word, ignoreCase: true)));
        Assert.All(Vocabulary.GeneratorWords["field.palette"], word => Assert.NotNull(FieldPalette.Find(word)));
        Assert.Equal(FieldPalette.All.Count, Vocabulary.GeneratorWords["field.palette"].Count);
    }

    private static void IsUpToDate(string file, string generated)
    {
        string path = Path.Combine(Repository.Root, file);
        if (Environment.GetEnvironmentVariable("AINIM_WRITE_DOCS") == "1")
            File.WriteAllText(path, generated);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == generated, $"{file} is out of date: run these tests with AINIM_WRITE_DOCS=1");
    }
}
