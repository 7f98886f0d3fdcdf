using System.Buffers.Binary;
using System.IO.Compression;

namespace AInimEngine.Media.Pictures;

/// <summary>The chunks of a PNG file (W3C PNG, third edition), up to its end.</summary>
internal static class PngHead
{
    private const int MostProfileBytes = 8 << 20, MostChunks = 1_000_000;

    /// <summary>Reads size, orientation and profile, and makes sure that the picture ends.</summary>
    public static PictureInfo Read(ReadOnlySpan<byte> file)
    {
        int width = 0, height = 0, depth = 8, kind = 2, orientation = 1;
        bool transparent = false, srgb = false;
        double gamma = 0;
        byte[]? profile = null;
        foreach ((int start, int length) in Chunks(file))
        {
            ReadOnlySpan<byte> name = file.Slice(start + 4, 4), body = file.Slice(start + 8, length);
            if (name.SequenceEqual("IHDR"u8))
            {
                width = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(body));
                height = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
                (depth, kind) = (body[8], body[9]);
            }
            else if (name.SequenceEqual("tRNS"u8))
                transparent = true;
            else if (name.SequenceEqual("sRGB"u8))
                srgb = true;
            else if (name.SequenceEqual("gAMA"u8))
                gamma = BinaryPrimitives.ReadUInt32BigEndian(body) / 100000.0;
            else if (name.SequenceEqual("eXIf"u8))
                orientation = TiffDirectory.Orientation(body);
            else if (name.SequenceEqual("iCCP"u8))
                profile = Inflate(body);
        }
        return new PictureInfo
        {
            Kind = "PNG", Demuxer = "png_pipe", Width = width, Height = height, Orientation = orientation, Profile = profile,
            IsDeep = depth > 8, HasAlpha = transparent || (kind & 4) != 0, Gamma = srgb || profile is not null ? 0 : gamma,
        };
    }

    /// <summary>The file with the chunks that make the picture and no others.</summary>
    public static byte[] Strip(ReadOnlySpan<byte> file)
    {
        var kept = new byte[file.Length];
        int at = 8;
        file[..8].CopyTo(kept);
        foreach ((int start, int length) in Chunks(file))
        {
            bool needed = (file[start + 4] & 0x20) == 0 || file.Slice(start + 4, 4).SequenceEqual("tRNS"u8); // a capital: critical
            if (!needed)
                continue;
            file.Slice(start, length + 12).CopyTo(kept.AsSpan(at));
            at += length + 12;
        }
        return kept[..at];
    }

    /// <summary>First byte and data length of every chunk; IEND is the last.</summary>
    private static List<(int Start, int Length)> Chunks(ReadOnlySpan<byte> file)
    {
        var chunks = new List<(int, int)>();
        int at = 8;
        while (chunks.Count < MostChunks)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (at + 12L + length > file.Length)
                throw new InvalidDataException("the file is cut off");
            chunks.Add((at, (int)length));
            if (file.Slice(at + 4, 4).SequenceEqual("IEND"u8))
                return chunks;
            at += 12 + (int)length;
        }
        throw new InvalidDataException("damaged: it is in too many pieces");
    }

    /// <summary>A name, a zero, the method (0) and a zlib stream; what is broken or too large counts as absent.</summary>
    private static byte[]? Inflate(ReadOnlySpan<byte> body)
    {
        int name = body.IndexOf((byte)0);
        if (name < 0 || name + 2 > body.Length || body[name + 1] != 0)
            return null;
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(body[(name + 2)..].ToArray()), CompressionMode.Decompress);
            var profile = new byte[MostProfileBytes];
            int length = zlib.ReadAtLeast(profile, profile.Length, throwOnEndOfStream: false);
            return length < profile.Length ? profile[..length] : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
