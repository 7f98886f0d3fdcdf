namespace AInimEngine.Analysis.Evaluation;

/// <summary>The name of a file that is deleted when done with.</summary>
internal sealed class ScratchFile(string extension) : IDisposable
{
    internal string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"hearing-{Guid.NewGuid():N}{extension}");

    public void Dispose() => File.Delete(Path);
}
