namespace AInimEngine.Cli.Tests;

/// <summary>A temporary folder that goes away with its test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Its path.</summary>
    internal string Path { get; } = Directory.CreateTempSubdirectory("ainim-test-").FullName;

    /// <summary>A path inside it.</summary>
    internal string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Names of everything in it, sorted.</summary>
    internal IReadOnlyList<string> Names => [.. Directory.EnumerateFileSystemEntries(Path).Select(p => System.IO.Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
