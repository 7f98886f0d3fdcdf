using System.Text.RegularExpressions;
using AInimEngine.Core.Errors;

namespace AInimEngine.Rendering.Transitions;

/// <summary>The transitions there are: every .frag file of the shipped folder and of the user's. Needs no OpenGL.</summary>
public sealed partial class TransitionLibrary
{
    private readonly SortedDictionary<string, TransitionShader> _shaders = new(StringComparer.Ordinal);

    private TransitionLibrary()
    {
    }

    /// <summary>The folder that comes with the program.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "shaders", "transitions");

    /// <summary>All transitions by name.</summary>
    public IReadOnlyCollection<TransitionShader> Shaders => _shaders.Values;

    /// <summary>Reads the shipped folder, then <paramref name="userFolders"/>, which need not exist; a later file replaces an earlier one of its name.</summary>
    /// <exception cref="AInimException">A file cannot be read.</exception>
    public static TransitionLibrary Load(params IEnumerable<string> userFolders)
    {
        var library = new TransitionLibrary();
        foreach (string folder in userFolders.Prepend(ShippedFolder).Where(Directory.Exists))
            foreach (string file in Directory.EnumerateFiles(folder, "*.frag"))
                library.Add(file);
        return library;
    }

    /// <summary>Finds a transition by name.</summary>
    /// <exception cref="AInimException">There is none, and the message lists those there are.</exception>
    public TransitionShader Get(string name) => _shaders.TryGetValue(name, out TransitionShader? shader) ? shader
        : throw new AInimException(ExitCode.Preset, $"there is no transition '{name}'; there are: {string.Join(", ", _shaders.Keys)}");

    private void Add(string path)
    {
        try
        {
            string source = File.ReadAllText(path).ReplaceLineEndings("\n"), name = Path.GetFileNameWithoutExtension(path);
            _shaders[name] = new TransitionShader(name, path, AboutPattern().Match(source).Groups[1].Value, source);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Preset, $"cannot read transition '{path}': {failure.Message}", failure);
        }
    }

    [GeneratedRegex("^// @about \"([^\"]*)\"", RegexOptions.Multiline)]
    private static partial Regex AboutPattern();
}
