using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace AInimEngine.Training.Tests.Data;

/// <summary>Picture files written byte by byte, so that what they say is known.</summary>
internal static class PictureBytes
{
    /// <summary>A PNG.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="channels">1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="pixels">Samples, row by row; of 16 bits when <paramref name="bits"/> says so.</param>
    /// <param name="bits">8 or 16.</param>
    /// <param name="extra">Chunks before the pixels.</param>
    public static byte[] Png(int width, int height, int channels, ReadOnlySpan<ushort> pixels, int bits = 8, params (string Name, byte[] Data)[] extra)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = ((byte)bits, (byte)(channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 }));
        Chunk(file, "IHDR", head);
        foreach ((string name, byte[] data) in extra)
            Chunk(file, name, data);
        using var rows = new MemoryStream();
        for (int i = 0; i < pixels.Length; i++)
        {
            if (i % (width * channels) == 0)
                rows.WriteByte(0);
            if (bits == 16)
                rows.WriteByte((byte)(pixels[i] >> 8));
            rows.WriteByte((byte)pixels[i]);
        }
        Chunk(file, "IDAT", Pack(rows.ToArray()));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A PNG of one colour.</summary>
    public static byte[] Flat(int side, byte red, byte green, byte blue, params (string Name, byte[] Data)[] extra)
    {
        var pixels = new ushort[side * side * 3];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (i % 3) switch { 0 => red, 1 => green, _ => blue };
        return Png(side, side, 3, pixels, 8, extra);
    }

    /// <summary>The chunk that holds a profile.</summary>
    public static (string, byte[]) Iccp(byte[] profile) => ("iCCP", [.. "test\0\0"u8, .. Pack(profile)]);

    /// <summary>An EXIF block that says an orientation and nothing else.</summary>
    public static byte[] Exif(int orientation, bool bigEndian)
    {
        byte value = (byte)orientation;
        return bigEndian
            ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0]
            : [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0];
    }

    /// <summary>A JPEG with one more segment behind its first marker.</summary>
    public static byte[] WithSegment(byte[] jpeg, byte marker, byte[] body) =>
        [.. jpeg.AsSpan(0, 2), 0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg.AsSpan(2)];

    /// <summary>An uncompressed TIFF of 8 bits a channel.</summary>
    /// <param name="photometric">2 RGB, 5 inks.</param>
    /// <param name="more">Further tags with one short value.</param>
    public static byte[] Tiff(int width, int height, int channels, int photometric, byte[] pixels, params (int Tag, int Value)[] more)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        (int Tag, int Kind, int Count, int Value)[] tags =
        [
            (256, 3, 1, width), (257, 3, 1, height), (258, 3, channels, 0), (259, 3, 1, 1), (262, 3, 1, photometric), (273, 4, 1, 0),
            (277, 3, 1, channels), (278, 3, 1, height), (279, 4, 1, pixels.Length), .. more.Select(one => (one.Tag, 3, 1, one.Value)),
        ];
        int bits = 14 + 12 * tags.Length, data = bits + 2 * channels;
        writer.Write("II*\0"u8);
        writer.Write(8);
        writer.Write((short)tags.Length);
        foreach ((int tag, int kind, int count, int value) in tags.OrderBy(one => one.Tag))
        {
            writer.Write((short)tag);
            writer.Write((short)kind);
            writer.Write(count);
            writer.Write(tag switch { 258 => bits, 273 => data, _ => value });
        }
        writer.Write(0);
        for (int c = 0; c < channels; c++)
            writer.Write((short)8);
        writer.Write(pixels);
        return file.ToArray();
    }

    /// <summary>A profile of a gamma curve and three primaries, as XYZ under D50.</summary>
    public static byte[] Icc(double gamma, params double[] colorants)
    {
        using var body = new MemoryStream();
        var tags = new List<(string Name, int At, int Length)>();
        for (int c = 0; c < 3; c++)
        {
            tags.Add(("rgb"[c] + "XYZ", (int)body.Length, 20));
            body.Write("XYZ \0\0\0\0"u8);
            foreach (double value in colorants.AsSpan(c * 3, 3))
                body.Write(Big((int)Math.Round(value * 65536)));
        }
        foreach (char c in "rgb")
            tags.Add((c + "TRC", (int)body.Length, 14));
        body.Write("curv\0\0\0\0"u8);
        body.Write([0, 0, 0, 1, (byte)gamma, (byte)((int)Math.Round(gamma * 256) & 255), 0, 0]);
        return Assemble("RGB ", tags, body.ToArray());
    }

    /// <summary>A profile of tables, as printers have.</summary>
    public static byte[] TableIcc() => Assemble("CMYK", [("A2B0", 0, 8)], "mft2\0\0\0\0"u8.ToArray());

    /// <summary>
    /// A JPEG of one colour in four inks, as Adobe writes them: inverted, 255 is no ink (ITU-T T.81 by hand: quantiser 8, so
    /// that the mean term is the value less 128; all other terms are zero).
    /// </summary>
    public static byte[] CmykJpeg(int blocks, byte c, byte m, byte y, byte k)
    {
        int side = blocks * 8;
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8, 0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        file.Write([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64)]);
        file.Write([0xFF, 0xC0, 0, 20, 8, (byte)(side >> 8), (byte)side, (byte)(side >> 8), (byte)side, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]);
        file.Write([0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Range(0, 12).Select(i => (byte)i)]); // 12 codes of 4 bits
        file.Write([0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]); // "0": all others are zero
        file.Write([0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]);
        var bits = new StringBuilder();
        for (int block = 0; block < blocks * blocks; block++)
        {
            foreach (byte ink in (byte[])[c, m, y, k])
            {
                int difference = block == 0 ? ink - 128 : 0, size = 0;
                while (Math.Abs(difference) >> size != 0)
                    size++;
                bits.Append(Convert.ToString(size, 2).PadLeft(4, '0'));
                if (size > 0)
                    bits.Append(Convert.ToString(difference > 0 ? difference : difference + (1 << size) - 1, 2).PadLeft(size, '0'));
                bits.Append('0');
            }
        }
        bits.Append('1', (8 - bits.Length % 8) % 8);
        for (int i = 0; i < bits.Length; i += 8)
        {
            byte value = Convert.ToByte(bits.ToString(i, 8), 2);
            file.WriteByte(value);
            if (value == 0xFF)
                file.WriteByte(0);
        }
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static byte[] Assemble(string space, List<(string Name, int At, int Length)> tags, byte[] body)
    {
        int start = 132 + 12 * tags.Count;
        var profile = new byte[start + body.Length];
        Big(profile.Length).CopyTo(profile, 0);
        Encoding.ASCII.GetBytes("mntr" + space + "XYZ ").CopyTo(profile, 12);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        Big(tags.Count).CopyTo(profile, 128);
        for (int i = 0; i < tags.Count; i++)
        {
            Encoding.ASCII.GetBytes(tags[i].Name).CopyTo(profile, 132 + 12 * i);
            Big(start + tags[i].At).CopyTo(profile, 136 + 12 * i);
            Big(tags[i].Length).CopyTo(profile, 140 + 12 * i);
        }
        body.CopyTo(profile, start);
        return profile;
    }

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Pack(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(data);
        return packed.ToArray();
    }

    private static void Chunk(Stream file, string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        file.Write(Big(data.Length));
        file.Write(named);
        uint crc = uint.MaxValue;
        foreach (byte b in named)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        file.Write(Big((int)~crc));
    }
}
