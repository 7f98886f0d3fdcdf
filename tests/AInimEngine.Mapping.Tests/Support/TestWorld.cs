using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.Time;
using AInimEngine.Mapping.Presets;

namespace AInimEngine.Mapping.Tests.Support;

/// <summary>A small vocabulary that no other room can change.</summary>
internal static class TestWorld
{
    public static FrameLayout Features { get; } = new(
    [
        .. new[] { "bass", "lowmid", "mid", "high", "loudness", "rms", "onset", "onset.low", "onset.mid", "onset.high", "centroid" }
            .Select(name => new FrameField(name, 1, "", 0, 1, "Level of " + name + ".")),
        new FrameField("raw.loudness", 1, "LUFS", -70, 0, "Loudness."),
        new FrameField("chroma", 12, "", 0, 1, "Pitch classes."),
        new FrameField("fine", 24, "", 0, 1, "Bands."),
    ]);

    public static PresetVocabulary Vocabulary { get; } = MakeVocabulary(withInputs: true);

    public static PresetVocabulary MakeVocabulary(bool withInputs)
    {
        var table = new ParameterTable();
        table.Register(new Parameter("bloom.strength", "", 0, 2, 0.4f, "How much light spreads."));
        table.Register(new Parameter("bloom.threshold", "", 0, 1, 0.6f, "Where it begins."));
        table.Register(new Parameter("kaleido.segments", "", 1, 16, 6, "Mirrors.", ParameterCurve.Integer));
        if (withInputs)
        {
            var generator = new LinearGenerator(3, 16, 1).Info();
            PresetVocabulary.RegisterInputs(table, generator.Inputs, [.. generator.Defaults]);
        }
        return new PresetVocabulary(Features, ["bloom", "kaleido", "grain"], table)
        {
            GeneratorWords = new Dictionary<string, IReadOnlyList<string>> { ["field.style"] = ["paper", "neon"], ["field.palette"] = ["ember", "abyss"] },
        };
    }

    public static Preset Parse(string json, PresetVocabulary? vocabulary = null) =>
        PresetReader.Parse(Encoding.UTF8.GetBytes(json), "x.json", vocabulary ?? Vocabulary);

    public static Preset WithModulations(string rows, string post = "", string motion = "{}") =>
        Parse($$"""{ "version": 1, "name": "t", "motion": {{motion}}, "modulations": [{{rows}}], "post": [{{post}}] }""");

    public static string ErrorOf(string json, PresetVocabulary? vocabulary = null)
    {
        AInimException error = Assert.Throws<AInimException>(() => Parse(json, vocabulary));
        Assert.Equal(ExitCode.Preset, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    public static FrameTime At(long frame, int fps = 30) => new(frame, new Rational(fps, 1));

    public static void Set(FeatureFrame frame, string name, float value, int index = 0) =>
        frame.Values[frame.Layout.OffsetOf(name) + index] = value;

    public static float Get(ControlFrame frame, string name, int index = 0) =>
        frame.Values[frame.Layout.OffsetOf(name) + index];

    /// <summary>The repository's root: the first folder upwards that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "AInimEngine.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("no AInimEngine.sln above " + AppContext.BaseDirectory);
    }
}
