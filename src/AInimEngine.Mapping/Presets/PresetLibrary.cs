using AInimEngine.Core.Errors;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// Finds presets by name in the shipped folder and in the user's folder, where the user's win, or by path. Reads the
/// folders anew at every call, so that a preset saved meanwhile is found.
/// </summary>
/// <param name="shippedFolder">Presets that come with the program; may be missing.</param>
/// <param name="userFolder">The user's own; may be missing or null.</param>
public sealed class PresetLibrary(string shippedFolder, string? userFolder)
{
    private const string Extension = ".json";
    private const string SchemaName = "schema";

    /// <summary>The presets that have a name, sorted by it.</summary>
    public IReadOnlyList<PresetEntry> List()
    {
        var found = new SortedDictionary<string, PresetEntry>(StringComparer.Ordinal);
        foreach ((string? folder, bool isUser) in new[] { (shippedFolder, false), (userFolder, true) })
        {
            if (folder is null || !Directory.Exists(folder))
                continue;
            foreach (string file in Files(folder))
            {
                string name = Path.GetFileNameWithoutExtension(file);
                if (name != SchemaName)
                    found[name] = new PresetEntry(name, file, isUser);
            }
        }
        return [.. found.Values];
    }

    /// <summary>The file of a name, or the path itself when it has a folder or ends in ".json".</summary>
    /// <exception cref="AInimException">There is no such preset; the message names those that are close.</exception>
    public string Resolve(string nameOrPath)
    {
        if (nameOrPath.Contains('/', StringComparison.Ordinal) || nameOrPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            return File.Exists(nameOrPath)
                ? nameOrPath
                : throw new AInimException(ExitCode.Preset, $"there is no preset file {JsonText.Quote(nameOrPath, 200)}");
        }
        IReadOnlyList<PresetEntry> entries = List();
        PresetEntry? entry = entries.FirstOrDefault(candidate => candidate.Name == nameOrPath)
            ?? entries.FirstOrDefault(candidate => candidate.Name.Equals(nameOrPath, StringComparison.OrdinalIgnoreCase));
        return entry?.Path ?? throw new AInimException(
            ExitCode.Preset, $"there is no preset {JsonText.Quote(nameOrPath)}{Suggestion.For(nameOrPath, entries.Select(candidate => candidate.Name))}");
    }

    /// <summary>Finds and reads a preset.</summary>
    /// <param name="nameOrPath">"aurora", or a path.</param>
    /// <param name="vocabulary">What it may speak of.</param>
    /// <exception cref="AInimException">There is no such preset, or it is wrong.</exception>
    public Preset Load(string nameOrPath, PresetVocabulary vocabulary) => PresetReader.Read(Resolve(nameOrPath), vocabulary);

    private static string[] Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*" + Extension);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Preset, $"cannot list the presets in {JsonText.Quote(folder, 200)}: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
