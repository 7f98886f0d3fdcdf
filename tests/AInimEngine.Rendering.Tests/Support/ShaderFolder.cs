using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Tests.Support;

/// <summary>A folder of shader files for one test.</summary>
internal sealed class ShaderFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ainim-shaders-").FullName;

    public ShaderFolder With(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
        return this;
    }

    /// <summary>The shipped shaders and those of this folder.</summary>
    public ShaderLibrary Load() => ShaderLibrary.Load(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
