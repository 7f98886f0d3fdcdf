using System.Security.Cryptography;
using System.Text;
using AInimEngine.Core.Files;
using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models;

/// <summary>
/// Named arrays and text beside them in a safetensors file, of whatever meaning: what training goes on from. Written
/// whole or not at all, with a digest, so that a file that was cut off or altered is found out. Immutable.
/// </summary>
/// <param name="Arrays">By name.</param>
/// <param name="Metadata">Text by key; <see cref="DigestKey"/> is taken.</param>
public sealed record ArrayBundle(IReadOnlyDictionary<string, WeightArray> Arrays, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>Key of the digest of all arrays and all other text, which <see cref="Write"/> adds.</summary>
    public const string DigestKey = "sha256";

    /// <summary>Most bytes of a file.</summary>
    public const long MostBytes = 2_000_000_000;

    /// <summary>Writes the file: under another name first, flushed to the disk, then renamed over what is there.</summary>
    /// <param name="path">Where to.</param>
    /// <exception cref="IOException">It cannot be written; what was there stays.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; what was there stays.</exception>
    public void Write(string path) =>
        PartialFile.Write(path, output => SafetensorsWriter.Write(output, Arrays.Values, Metadata.Append(new(DigestKey, Digest()))));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="path">A file.</param>
    /// <exception cref="InvalidDataException">It is not whole, or was altered.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ArrayBundle Read(string path)
    {
        byte[] bytes = SmallFile.Read(path, MostBytes);
        if (!SafetensorsReader.Recognises(bytes))
            throw new InvalidDataException("it is no safetensors file");
        StoredModel stored = SafetensorsReader.Read(bytes);
        var bundle = new ArrayBundle(
            stored.Arrays!.ToDictionary(entry => entry.Key, entry => entry.Value.LoadAsStored(entry.Key), StringComparer.Ordinal),
            stored.Metadata.Where(entry => entry.Key != DigestKey).ToDictionary(StringComparer.Ordinal));
        return stored.Metadata.GetValueOrDefault(DigestKey) == bundle.Digest()
            ? bundle
            : throw new InvalidDataException("its content is not what was written: it is damaged");
    }

    private string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string value) in Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{key.Length} {key}{value.Length} {value}"));
        foreach (WeightArray array in Arrays.Values.OrderBy(array => array.Name, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{array.Name.Length} {array.Name}{array.Type} {Printable.Shape(array.Shape)}"));
            hash.AppendData(array.Data.Span);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
