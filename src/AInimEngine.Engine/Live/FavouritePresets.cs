using System.Text;
using AInimEngine.Core.Files;

namespace AInimEngine.Engine.Live;

/// <summary>Presets that the performer has marked, kept in a file with one name a line. One thread at a time; writing may be another one's.</summary>
internal sealed class FavouritePresets
{
    private const long MostBytes = 1 << 20;

    private readonly string _path;
    private readonly List<string> _names = [];

    /// <param name="path">Need not exist; one that cannot be read is empty.</param>
    internal FavouritePresets(string path)
    {
        _path = path;
        try
        {
            foreach (string line in Encoding.UTF8.GetString(SmallFile.Read(path, MostBytes)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                if (!_names.Contains(line))
                    _names.Add(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing was marked yet.
        }
    }

    /// <summary>Their names, in the order in which they were marked.</summary>
    internal IReadOnlyList<string> Names => _names;

    /// <summary>How often something was marked; says that it is to be shown anew.</summary>
    internal int Changes { get; private set; }

    /// <summary>Whether a preset is marked.</summary>
    internal bool Has(string preset) => _names.Contains(Key(preset));

    /// <summary>Marks a preset, or takes the mark away.</summary>
    /// <returns>What writes the file, for a thread that may wait for a disk; it says why it cannot, or null.</returns>
    internal Func<string?> Toggle(string preset)
    {
        if (!_names.Remove(Key(preset)))
            _names.Add(Key(preset));
        Changes++;
        string[] names = [.. _names];
        return () => Write(names);
    }

    // A path means the same file wherever the next show is started.
    internal static string Key(string preset) => preset.Contains('/', StringComparison.Ordinal) || preset.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Path.GetFullPath(preset) : preset;

    private string? Write(string[] names)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            PartialFile.Write(_path, file => file.Write(Encoding.UTF8.GetBytes(string.Concat(names.Select(name => name + "\n")))));
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
