using System.Security.Cryptography;
using System.Text;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Collects everything that a picture depends on and hashes it. Two renders with the same fingerprint give the same
/// frames on the same machine, so an unfinished one may be continued.
/// </summary>
public sealed class RenderFingerprint
{
    private readonly SortedDictionary<string, string> _details = new(StringComparer.Ordinal);

    /// <summary>What went in so far, by name.</summary>
    public IReadOnlyDictionary<string, string> Details => _details;

    /// <summary>Adds a setting or a version.</summary>
    public void Add(string name, object? value) => _details.Add(name, value?.ToString() ?? "");

    /// <summary>Adds the SHA-256 of a text.</summary>
    public void AddText(string name, string text) => Add(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>Adds the SHA-256 of a file's bytes.</summary>
    /// <exception cref="AInimException">It cannot be read.</exception>
    public void AddFile(string name, string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            Add(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read '{path}': {error.Message}", error);
        }
    }

    /// <summary>SHA-256 over all of it, lower-case hex.</summary>
    public string Compute()
    {
        // The length keeps a value that looks like the next line, such as somebody's title, from being taken for one.
        var text = new StringBuilder();
        foreach ((string name, string value) in _details)
            text.Append(name.Length).Append(' ').Append(name).Append('=').Append(value.Length).Append(' ').Append(value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
