using AInimEngine.Core.Errors;
using AInimEngine.Engine.Playing;
using AInimEngine.Mapping.Presets;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;

namespace AInimEngine.Engine.Doctor;

/// <summary>Which models there are, by which loops they are decoded, and in which numbers a show would decode them.</summary>
internal static class ModelExamination
{
    // Each takes as long as a dozen pictures.
    private const int MostMeasured = 3;
    private const int MostNamed = 12;
    private const int Width = 1280, Height = 720;

    /// <summary>The findings.</summary>
    public static IEnumerable<Finding> Run()
    {
        IReadOnlyList<ModelEntry> entries = InstalledModels.Library().List();
        string names = entries.Count > 0 ? $": {string.Join(", ", entries.Select(entry => entry.Name).Take(MostNamed))}{(entries.Count > MostNamed ? ", ..." : "")}" : "";
        yield return new Finding("models", Health.Good, $"{entries.Count} in {Path.Combine(Installation.Presets, "models")} and {InstalledModels.UserFolder}{names}");
        yield return new Finding("decoding", Health.Good, $"on {ModelPlayer.LiveDevice} in a show, on the CPU by loops for {StyleDecoder.Kernels}");
        int measured = 0;
        foreach (ModelEntry entry in entries)
        {
            bool isMeasured = measured++ < MostMeasured;
            if (Look(entry, isMeasured) is { } finding)
                yield return finding;
        }
    }

    private static Finding? Look(ModelEntry entry, bool isMeasured)
    {
        try
        {
            if (!isMeasured)
            {
                ModelFile.ReadCard(entry.Path);
                return null;
            }
            Model model = ModelFile.Open(entry.Path);
            var settings = new ModelSettings(entry.Name);
            StyleGeneratorSettings style = ModelPlayer.SettingsOf(null, settings, model.Card, Width, Height, ModelPlayer.LiveDevice);
            PrecisionChoice choice = ModelPlayer.MeasurePrecision(settings, model, style)!;
            return new Finding("live", Health.Good, $"{entry.Name}: {choice.Reason}");
        }
        catch (AInimException error)
        {
            return new Finding("model", Health.Poor, error.Message, "import it again, or remove that file");
        }
    }
}
