namespace AInimEngine.Engine.Live;

/// <summary>The files that a preset in play was made from.</summary>
/// <param name="Name">The preset's name or path.</param>
/// <param name="Index">Its place in the list.</param>
/// <param name="Preset">Its file.</param>
/// <param name="Shaders">Names of its shaders.</param>
/// <param name="ReadAt">When they were read, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal sealed record PlayedFiles(string Name, int Index, string Preset, IReadOnlyList<string> Shaders, long ReadAt)
{
    /// <summary>Of a scene that was loaded.</summary>
    internal static PlayedFiles Of(string name, int index, Scene scene, long readAt) =>
        new(name, index, Path.GetFullPath(scene.Preset.Origin), [.. scene.Preset.Post.Select(pass => pass.Shader).Distinct()], readAt);

    /// <summary>Whether it would be another one with that file changed: a file of the user's may take the place of a shipped one.</summary>
    /// <param name="path">A whole path.</param>
    internal bool Matters(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        if (Path.GetExtension(path) == ".frag")
            return Shaders.Contains(name);
        return path == Preset || (name == Path.GetFileNameWithoutExtension(Preset) && Path.GetFileName(Path.GetDirectoryName(path)) == "presets");
    }
}
