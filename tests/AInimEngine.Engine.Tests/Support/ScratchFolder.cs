namespace AInimEngine.Engine.Tests.Support;

/// <summary>A temporary folder that goes away with its owner.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("ainim-engine-test-").FullName;

    /// <summary>A path inside it.</summary>
    internal string this[string name] => Path.Combine(_path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_path, recursive: true);
}
