using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AInimEngine.Media.Pictures;

/// <summary>The heads of the formats that need no walk through the file; JPEG, PNG and TIFF have their own readers.</summary>
internal static class PictureHeads
{
    /// <summary>Reads by the first bytes; names do not count.</summary>
    /// <exception cref="InvalidDataException">Nothing that is known, or known to be unreadable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The file ends early.</exception>
    public static PictureInfo Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 8)
            throw new InvalidDataException("no picture");
        if (file[0] == 0xFF && file[1] == 0xD8 && file[2] == 0xFF)
            return JpegHead.Read(file);
        if (file[0] == 0x89 && file[1..4].SequenceEqual("PNG"u8))
            return PngHead.Read(file);
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
            return TiffDirectory.ReadPicture(file);
        if (file.StartsWith("GIF8"u8))
        {
            return new PictureInfo
            {
                Kind = "GIF", Demuxer = "gif_pipe", HasAlpha = true,
                Width = BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), Height = BinaryPrimitives.ReadUInt16LittleEndian(file[8..]),
            };
        }
        if (file.StartsWith("BM"u8))
            return Bmp(file);
        if (file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
            return WebP(file);
        if (file[0] == 'P' && file[1] is >= (byte)'4' and <= (byte)'7' && char.IsWhiteSpace((char)file[2]))
            return Pnm(file);
        throw new InvalidDataException(Foreign(file) is { } name ? $"{name} is not read here: save it as JPEG, PNG or TIFF" : "no picture");
    }

    /// <summary>The name of a format that artists have and that is not read; null if unknown.</summary>
    private static string? Foreign(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8))
        {
            return Encoding.ASCII.GetString(file[8..12]) switch
            {
                "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx" or "mif1" or "msf1" => "HEIC",
                "avif" or "avis" => "AVIF",
                "crx " => "Canon's raw format",
                _ => "a film inside a folder",
            };
        }
        if (file.StartsWith("IIU\0"u8) || file.StartsWith("IIRO"u8) || file.StartsWith("IIRS"u8) || file.StartsWith("FUJIFILMCCD-RAW"u8))
            return "a camera's raw format";
        if (file.StartsWith("8BPS"u8))
            return "Photoshop's format";
        if (file[0] == 0xFF && file[1] == 0x0A || file.StartsWith("\0\0\0\x0CJXL "u8))
            return "JPEG XL";
        if (file.StartsWith("\0\0\0\x0CjP  "u8))
            return "JPEG 2000";
        if (file.StartsWith("%PDF"u8))
            return "PDF";
        if (file.StartsWith("PK\x03\x04"u8))
            return "a zip archive";
        return file[..Math.Min(file.Length, 300)].IndexOf("<svg"u8) >= 0 ? "SVG" : null;
    }

    private static PictureInfo Bmp(ReadOnlySpan<byte> file)
    {
        bool old = BinaryPrimitives.ReadInt32LittleEndian(file[14..]) == 12;
        return new PictureInfo
        {
            Kind = "BMP", Demuxer = "bmp_pipe",
            Width = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) : BinaryPrimitives.ReadInt32LittleEndian(file[18..]),
            Height = old ? BinaryPrimitives.ReadUInt16LittleEndian(file[20..])
                : (int)Math.Min(int.MaxValue, Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file[22..]))), // negative: top row first
            HasAlpha = !old && BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) == 32,
        };
    }

    private static PictureInfo WebP(ReadOnlySpan<byte> file)
    {
        long whole = 8L + BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (whole > file.Length)
            throw new InvalidDataException("the file is cut off");
        int width = 0, height = 0, orientation = 1;
        bool alpha = false;
        byte[]? profile = null;
        for (long at = 12; at + 8 <= whole;)
        {
            ReadOnlySpan<byte> name = file.Slice((int)at, 4);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file[(int)(at + 4)..]);
            if (at + 8 + length > whole)
                throw new InvalidDataException("the file is cut off");
            ReadOnlySpan<byte> chunk = file.Slice((int)at + 8, (int)length);
            if (name.SequenceEqual("VP8X"u8))
            {
                if ((chunk[0] & 2) != 0)
                    throw new InvalidDataException("an animated WebP is not read here: save one picture of it");
                alpha = (chunk[0] & 16) != 0;
            }
            else if (name.SequenceEqual("VP8 "u8))
            {
                width = BinaryPrimitives.ReadUInt16LittleEndian(chunk[6..]) & 0x3FFF;
                height = BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]) & 0x3FFF;
            }
            else if (name.SequenceEqual("VP8L"u8))
            {
                uint bits = BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..]);
                (width, height, alpha) = ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1, (bits >> 28 & 1) != 0);
            }
            else if (name.SequenceEqual("ICCP"u8))
            {
                profile = chunk.ToArray();
            }
            else if (name.SequenceEqual("EXIF"u8))
            {
                orientation = TiffDirectory.Orientation(chunk.StartsWith("Exif\0\0"u8) ? chunk[6..] : chunk);
            }
            at += 8 + length + (length & 1);
        }
        return new PictureInfo
        {
            Kind = "WebP", Demuxer = "webp_pipe", Width = width, Height = height, HasAlpha = alpha, Orientation = orientation, Profile = profile,
        };
    }

    /// <summary>P4 to P6: width, height and (not P4) the largest value, apart by white space, with comments; P7: named lines.</summary>
    private static PictureInfo Pnm(ReadOnlySpan<byte> file)
    {
        string head = Encoding.ASCII.GetString(file[..Math.Min(file.Length, 1000)]);
        string[] words = [.. head.Split('\n').SelectMany(line => line.Split('#')[0].Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))];
        char version = head[1];
        if (version != '7')
            return Picture(Number(words, 1), Number(words, 2), version == '4' ? 1 : Number(words, 3), false);
        return Picture(After("WIDTH"), After("HEIGHT"), After("MAXVAL"), After("DEPTH") is 2 or 4);

        int After(string name) => Number(words, Array.IndexOf(words, name) + 1);

        PictureInfo Picture(int width, int height, int most, bool alpha) => new()
        {
            Kind = "PNM", Demuxer = version switch { '4' => "pbm_pipe", '5' => "pgm_pipe", '6' => "ppm_pipe", _ => "pam_pipe" },
            Width = width, Height = height, IsDeep = most > 255, HasAlpha = alpha,
        };
    }

    private static int Number(string[] words, int index) =>
        index > 0 && index < words.Length && int.TryParse(words[index], CultureInfo.InvariantCulture, out int value) ? value : 0;
}
