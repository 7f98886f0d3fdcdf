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

    private ShaderLibrary()
    {
    }

    /// <summary>The folder that comes with the program.</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "shaders", "post");

    /// <summary>All shaders by name.</summary>
    public IReadOnlyCollection<ShaderDefinition> Shaders => _shaders.Values;

    /// <summary>Every parameter of every shader, ids "{shader}.{parameter}".</summary>
    public IEnumerable<Parameter> Parameters => _shaders.Values.SelectMany(shader => shader.Parameters);

    /// <summary>Reads the shipped shaders, then those of <paramref name="userFolders"/>; a later shader of the same name replaces an earlier one.</summary>
    /// <param name="userFolders">Folders that need not exist.</param>
    /// <exception cref="AInimException">A header is wrong; the message names file and line.</exception>
    public static ShaderLibrary Load(params IEnumerable<string> userFolders) => LoadFolders([ShippedFolder, .. userFolders]);

    /// <summary>Reads only the given folders.</summary>
    /// <exception cref="AInimException">A header is wrong; the message names file and line.</exception>
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
    /// <exception cref="AInimException">There is none; the message lists those there are.</exception>
    public ShaderDefinition Get(string name) => Find(name)
        ?? throw new AInimException(ExitCode.Preset, $"there is no shader '{name}'; there are: {string.Join(", ", _shaders.Keys)}");

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
        ShaderDefinition shader = ShaderParser.Parse(path, source);
        _shaders[shader.Name] = shader;
    }
}
