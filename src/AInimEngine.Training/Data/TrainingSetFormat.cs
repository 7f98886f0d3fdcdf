using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace AInimEngine.Training.Data;

/// <summary>
/// The file of a training set: 4096 bytes of head (magic, version, resolution, count, length and SHA-256 of the description),
/// pixels [N, 3, R, R], and a description in JSON. Written under another name and renamed when whole.
/// </summary>
internal static class TrainingSetFormat
{
    /// <summary>Where pixels begin.</summary>
    public const int HeadBytes = 4096;

    /// <summary>Changes with the format and with whatever makes other pixels of the same files.</summary>
    public const int Version = 1;

    private const int MostDescriptionBytes = 256 << 20;

    private static ReadOnlySpan<byte> Magic => "AInimSet"u8;

    /// <summary>What the file says about its pixels.</summary>
    /// <param name="Hash">SHA-256 over pixels and labels.</param>
    /// <param name="PictureHashes">First 8 bytes of SHA-256 of every picture.</param>
    /// <param name="ClassNames">Names of classes.</param>
    /// <param name="Labels">Class of every picture.</param>
    /// <param name="Names">Where every picture came from.</param>
    /// <param name="Report">What became of the files.</param>
    public sealed record Description(
        string Hash, ulong[] PictureHashes, string[] ClassNames, int[] Labels, string[] Names, DataReport Report);

    /// <summary>Bytes of one picture.</summary>
    public static int PictureBytes(int resolution) => 3 * resolution * resolution;

    /// <summary>Short hash of a picture's pixels.</summary>
    public static ulong PictureHash(ReadOnlySpan<byte> pixels) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(pixels));

    /// <summary>Writes head and description around pixels that are in place.</summary>
    public static void Complete(FileStream file, int resolution, Description description)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(description);
        int count = description.PictureHashes.Length;
        long end = HeadBytes + (long)count * PictureBytes(resolution);
        var head = new byte[HeadBytes];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), resolution);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(16), count);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(20), text.Length);
        SHA256.HashData(text, head.AsSpan(24));
        file.SetLength(end);
        file.Position = end;
        file.Write(text);
        file.Position = 0;
        file.Write(head);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads head and description.</summary>
    /// <exception cref="InvalidDataException">Something else, or damaged.</exception>
    public static Description Read(FileStream file, int resolution)
    {
        var head = new byte[HeadBytes];
        if (file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false) < HeadBytes || !head.AsSpan().StartsWith(Magic)
            || BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8)) != Version || BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(12)) != resolution)
            throw new InvalidDataException("no training set of this version");
        int count = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(16)), length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(20));
        long end = HeadBytes + (long)count * PictureBytes(resolution);
        if (count < 1 || length is < 1 or > MostDescriptionBytes || file.Length != end + length)
            throw new InvalidDataException("the training set is cut off");
        var text = new byte[length];
        file.Position = end;
        file.ReadExactly(text);
        if (!SHA256.HashData(text).AsSpan().SequenceEqual(head.AsSpan(24, 32)))
            throw new InvalidDataException("the training set is damaged");
        try
        {
            Description? description = JsonSerializer.Deserialize<Description>(text);
            return description is not null && description.PictureHashes.Length == count && (description.Labels.Length == 0 || description.Labels.Length == count)
                ? description
                : throw new InvalidDataException("the training set is damaged");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("the training set is damaged", error);
        }
    }
}
