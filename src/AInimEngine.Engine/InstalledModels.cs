using AInimEngine.Neural.Models;

namespace AInimEngine.Engine;

/// <summary>The models that come with the engine, and the user's own.</summary>
public static class InstalledModels
{
    /// <summary>Where <c>ainim models import</c> puts models.</summary>
    public static string UserFolder => Path.Combine(Installation.UserFolder, "models");

    /// <summary>Finds models by name or path.</summary>
    public static ModelLibrary Library() => new(Path.Combine(Installation.Presets, "models"), UserFolder);
}
