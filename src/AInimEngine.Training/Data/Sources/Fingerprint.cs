using System.Buffers.Binary;
using System.Security.Cryptography;
using AInimEngine.Core.Files;

namespace AInimEngine.Training.Data.Sources;

/// <summary>
/// Which content a file has: its length and SHA-256 of its first and last MiB, which is all of it for most pictures. A set
/// is found again when its folder moves, and not when a picture changes; of large files not every byte is read for that.
/// </summary>
internal static class Fingerprint
{
    private const int EndBytes = 1 << 20;

    /// <summary>32 bytes; zeros if the file cannot be read, which is then found out again.</summary>
    public static byte[] Of(string path)
    {
        try
        {
            using FileStream file = SmallFile.Open(path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var number = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(number, file.Length);
            hash.AppendData(number);
            var bytes = new byte[(int)Math.Min(file.Length, EndBytes)];
            file.ReadExactly(bytes);
            hash.AppendData(bytes);
            if (file.Length > EndBytes)
            {
                file.Position = Math.Max(EndBytes, file.Length - EndBytes);
                int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                hash.AppendData(bytes, 0, length);
            }
            return hash.GetHashAndReset();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new byte[32];
        }
    }
}
