using AInimEngine.Core.Errors;
using AInimEngine.Mapping.Presets;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Engine.Playing;

/// <summary>A preset with the model that plays it; without one, the embedded generator does.</summary>
/// <param name="Preset">The preset, adapted to what plays it.</param>
/// <param name="Model">The model; null for the embedded generator.</param>
public sealed record ModelChoice(Preset Preset, Model? Model)
{
    private const int MostNamed = 6;

    /// <summary>The model's file; null for the embedded generator.</summary>
    public string? File { get; private init; }

    /// <summary>Decides what plays a preset, and warns once where that is not what it was written for.</summary>
    /// <param name="preset">As read.</param>
    /// <param name="wanted">Name or path of a model that takes the place of the preset's generator; null for the preset's own.</param>
    /// <param name="warnings">Where warnings go.</param>
    /// <exception cref="AInimException">The wanted model is not there, or a model's file is broken.</exception>
    public static ModelChoice Of(Preset preset, string? wanted, IWarningSink warnings)
    {
        ModelLibrary library = InstalledModels.Library();
        if (wanted is not null)
        {
            string path = library.Resolve(wanted);
            Model model = ModelFile.Open(path);
            var leftOut = new List<string>();
            Preset adapted = PresetAdaptation.ToModel(preset, wanted, StyleShape.Of(model.Card).Layers, leftOut);
            if (leftOut.Count > 0)
                warnings.Warn($"the model has no {Listed(leftOut)}, which preset '{preset.Name}' moves; left out. The presets flames, filaments and silk are made for models.");
            return new ModelChoice(adapted, model) { File = path };
        }
        if (preset.Generator.Model is not { } settings)
            return new ModelChoice(preset, null);
        string? file = Find(library, preset, settings.Name, out string reason);
        if (file is not null)
            return new ModelChoice(preset, ModelFile.Open(file)) { File = file };
        warnings.Warn($"preset '{preset.Name}' is played with the generator 'field', because its model is missing: {reason}");
        return new ModelChoice(PresetAdaptation.ToField(preset), null);
    }

    // A path in a preset counts from the preset's own folder.
    private static string? Find(ModelLibrary library, Preset preset, string name, out string reason)
    {
        reason = "";
        bool isPath = name.Contains('/', StringComparison.Ordinal) || name.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase);
        if (isPath && Path.GetDirectoryName(Path.GetFullPath(preset.Origin)) is { } folder && Path.Combine(folder, name) is var beside && System.IO.File.Exists(beside))
            return beside;
        try
        {
            return library.Resolve(name);
        }
        catch (AInimException missing)
        {
            reason = missing.Message;
            return null;
        }
    }

    private static string Listed(List<string> names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}
