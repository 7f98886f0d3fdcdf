using AInimEngine.Core.Errors;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Rendering.Shaders;

/// <summary>
/// The shaders that a chain can be built from: every .frag file of the shipped folder and of the user's. Reads headers
/// only, so it needs no OpenGL.
/// </summary>
public sealed class ShaderLibrary
{
    private readonly SortedDictionary<string, ShaderDefinition> _shaders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, AInimException> _broken = new(StringComparer.Ordinal);

    private ShaderLibrary()
    {
    }

    /// <summary>The folder that comes with the program.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "shaders", "post");

    /// <summary>All shaders by name.</summary>
    public IReadOnlyCollection<ShaderDefinition> Shaders => _shaders.Values;

    /// <summary>Files that cannot be used, by shader name, with what is wrong: file, line and reason.</summary>
    public IReadOnlyDictionary<string, AInimException> Broken => _broken;

    /// <summary>Every parameter of every shader, ids "{shader}.{parameter}".</summary>
    public IEnumerable<Parameter> Parameters => _shaders.Values.SelectMany(shader => shader.Parameters);

    /// <summary>Reads the shipped shaders, then those of <paramref name="userFolders"/>; a later shader of the same name replaces an earlier one.</summary>
    /// <param name="userFolders">Folders that need not exist.</param>
    /// <remarks>A file with a wrong header is set aside (<see cref="Broken"/>), so that it harms only what uses it.</remarks>
    public static ShaderLibrary Load(params IEnumerable<string> userFolders) => LoadFolders([ShippedFolder, .. userFolders]);

    /// <summary>Reads only the given folders.</summary>
    public static ShaderLibrary LoadFolders(IEnumerable<string> folders)
    {
        var library = new ShaderLibrary();
        foreach (string folder in folders)
        {
            if (!Directory.Exists(folder))
                continue;
            string[] files = Directory.GetFiles(folder, "*.frag");
            Array.Sort(files, StringComparer.Ordinal);
            foreach (string file in files)
                library.Add(file);
        }
        return library;
    }

    /// <summary>Finds a shader by name.</summary>
    public ShaderDefinition? Find(string name) => _shaders.GetValueOrDefault(name);

    /// <summary>Finds a shader by name.</summary>
    /// <exception cref="AInimException">There is none, and the message lists those there are; or its file is wrong, and it says how.</exception>
    public ShaderDefinition Get(string name) => Find(name)
        ?? throw (_broken.TryGetValue(name, out AInimException? error) ? error : new AInimException(ExitCode.Preset, $"there is no shader '{name}'; there are: {string.Join(", ", _shaders.Keys)}"));

    /// <summary>Adds every parameter to the table.</summary>
    public void Register(ParameterTable table)
    {
        foreach (Parameter parameter in Parameters)
            table.Register(parameter);
    }

    private void Add(string path)
    {
        string source;
        try
        {
            source = File.ReadAllText(path).ReplaceLineEndings("\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Preset, $"cannot read shader '{path}': {failure.Message}", failure);
        }
        // A broken file of the user's hides the shipped one of its name all the same: it was meant to be used.
        string name = Path.GetFileNameWithoutExtension(path);
        _shaders.Remove(name);
        _broken.Remove(name);
        try
        {
            ShaderDefinition shader = ShaderParser.Parse(path, source);
            _shaders[shader.Name] = shader;
        }
        catch (AInimException error)
        {
            _broken[name] = error;
        }
    }
}
