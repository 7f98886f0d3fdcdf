using System.Buffers.Binary;

namespace AInimEngine.Media.Pictures;

/// <summary>The segments of a JPEG file (ITU-T T.81, annex B), up to its end marker.</summary>
internal static class JpegHead
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, Application0 = 0xE0, Comment = 0xFE;
    private const int MostProfileBytes = 8 << 20, MostSegments = 20_000;

    /// <summary>Reads size, orientation and profile, and makes sure that the picture ends.</summary>
    public static PictureInfo Read(ReadOnlySpan<byte> file)
    {
        int width = 0, height = 0, precision = 8, components = 3, orientation = 1, inscribed = 0;
        var parts = new SortedDictionary<int, byte[]>();
        foreach ((byte marker, int start, int end) in Segments(file))
        {
            ReadOnlySpan<byte> body = end > start + 4 ? file[(start + 4)..end] : []; // the end marker has no body
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && width == 0)
            {
                precision = body[0];
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
                components = body[5];
            }
            else if (marker == Application0 + 1 && body.StartsWith("Exif\0\0"u8))
            {
                orientation = TiffDirectory.Orientation(body[6..]);
            }
            else if (marker == Application0 + 2 && body.StartsWith("ICC_PROFILE\0"u8) && body.Length > 14 && inscribed < MostProfileBytes)
            {
                parts[body[12]] = body[14..].ToArray();
                inscribed += body.Length;
            }
        }
        return new PictureInfo
        {
            Kind = "JPEG", Demuxer = "jpeg_pipe", Width = width, Height = height, Orientation = orientation,
            IsDeep = precision > 8, IsCmyk = components == 4,
            Profile = parts.Count == 0 ? null : [.. parts.Values.SelectMany(part => part)],
        };
    }

    /// <summary>The file without what the decoder might obey or trip over (EXIF, thumbnails, profiles, pictures behind the first).</summary>
    public static byte[] Strip(ReadOnlySpan<byte> file)
    {
        var kept = new byte[file.Length];
        int length = 2;
        file[..2].CopyTo(kept);
        foreach ((byte marker, int start, int end) in Segments(file))
        {
            bool needed = marker is < Application0 or > Application0 + 15 and not Comment or Application0 or Application0 + 14; // JFIF, Adobe
            if (!needed)
                continue;
            file[start..end].CopyTo(kept.AsSpan(length));
            length += end - start;
        }
        return kept[..length];
    }

    /// <summary>Marker, first byte (0xFF) and end of every segment; that of a scan holds its data, and the last is the end marker.</summary>
    private static List<(byte Marker, int Start, int End)> Segments(ReadOnlySpan<byte> file)
    {
        var segments = new List<(byte, int, int)>();
        int at = 2;
        while (segments.Count < MostSegments)
        {
            while (file[at] == 0xFF && file[at + 1] == 0xFF)
                at++; // fill bytes
            if (file[at] != 0xFF)
                throw new InvalidDataException("damaged: something that is no JPEG begins in mid-file");
            byte marker = file[at + 1];
            if (marker == EndOfImage)
            {
                segments.Add((marker, at, at + 2));
                return segments;
            }
            int end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (end > file.Length || end < at + 4)
                throw new InvalidDataException("the file is cut off");
            if (marker == StartOfScan)
                end = EndOfScan(file, end);
            segments.Add((marker, at, end));
            at = end;
        }
        throw new InvalidDataException("damaged: it is in too many pieces");
    }

    private static int EndOfScan(ReadOnlySpan<byte> file, int from)
    {
        while (true)
        {
            int found = file[from..].IndexOf((byte)0xFF);
            if (found < 0 || from + found + 1 >= file.Length)
                throw new InvalidDataException("the file is cut off");
            from += found;
            byte next = file[from + 1];
            if (next is not (0 or >= 0xD0 and <= 0xD7 or 0xFF)) // a stuffed byte, a restart, a fill byte
                return from;
            from += next == 0xFF ? 1 : 2;
        }
    }
}
