using AInimEngine.Core.Errors;

namespace AInimEngine.Neural.Models;

/// <summary>
/// Finds models by name in the shipped folder and in the user's folder, where the user's win, or by path. Reads the folders
/// anew at every call, so that a model imported meanwhile is found.
/// </summary>
/// <param name="shippedFolder">Models that come with the program; may be missing.</param>
/// <param name="userFolder">The user's own; may be missing or null.</param>
public sealed class ModelLibrary(string shippedFolder, string? userFolder)
{
    private static readonly string[] s_endings = [ModelFile.Extension, ".pkl", ".pt", ".pth", ".bin", ".ckpt"];

    /// <summary>The models that have a name, sorted by it.</summary>
    /// <exception cref="AInimException">A folder cannot be listed.</exception>
    public IReadOnlyList<ModelEntry> List()
    {
        var found = new SortedDictionary<string, ModelEntry>(StringComparer.Ordinal);
        foreach ((string? folder, bool isUser) in new[] { (shippedFolder, false), (userFolder, true) })
        {
            if (folder is null || !Directory.Exists(folder))
                continue;
            foreach (string file in Files(folder))
            {
                string name = Path.GetFileNameWithoutExtension(file);
                found[name] = new ModelEntry(name, file, isUser);
            }
        }
        return [.. found.Values];
    }

    /// <summary>The file of a name, or the path itself when it has a folder or the ending of a model's file.</summary>
    /// <exception cref="AInimException">There is no such model; the message names those that there are.</exception>
    public string Resolve(string nameOrPath)
    {
        if (nameOrPath.Contains('/', StringComparison.Ordinal) && Directory.Exists(nameOrPath))
            throw new AInimException(ExitCode.Input, $"{Printable.Quote(nameOrPath)} is a folder. Pass a model's file, or its name.");
        if (nameOrPath.Contains('/', StringComparison.Ordinal) || s_endings.Any(ending => nameOrPath.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            return File.Exists(nameOrPath)
                ? nameOrPath
                : throw new AInimException(ExitCode.Input, $"there is no model file {Printable.Quote(nameOrPath)}. 'ainim models list' names those that are installed.");
        }
        IReadOnlyList<ModelEntry> entries = List();
        ModelEntry? entry = entries.FirstOrDefault(candidate => candidate.Name == nameOrPath)
            ?? entries.FirstOrDefault(candidate => candidate.Name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase));
        return entry?.Path ?? throw new AInimException(
            ExitCode.Input,
            $"there is no model {Printable.Quote(nameOrPath)}{(entries.Count == 0 ? "" : "; there are: " + string.Join(", ", entries.Take(12).Select(candidate => candidate.Name)))}. Pass one of them, or the path of a file.");
    }

    /// <summary>Finds and opens a model.</summary>
    /// <param name="nameOrPath">"flames64", or a path to a safetensors, .pkl, .pt or .pth file.</param>
    /// <exception cref="AInimException">There is no such model, or it cannot be played.</exception>
    public Model Open(string nameOrPath) => ModelFile.Open(Resolve(nameOrPath));

    private static string[] Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*" + ModelFile.Extension);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot list the models in '{folder}': {SystemReason.Of(error)}", error);
        }
    }
}
