using System.Buffers.Binary;
using System.IO.Compression;

namespace AInimEngine.Media.Pictures;

/// <summary>
/// Writes PNG (W3C PNG third edition): 8 or 16 bits, RGB or RGBA, tagged sRGB. Each row takes the filter whose differences
/// sum up least (section 12.7).
/// </summary>
internal static class PngWriter
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Writes a whole file.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="rows">[height, width * channels * bytes], samples big-endian.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="channels">3 or 4.</param>
    /// <param name="bits">8 or 16.</param>
    public static void Write(Stream target, ReadOnlySpan<byte> rows, int width, int height, int channels, int bits)
    {
        target.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = (byte)bits;
        header[9] = (byte)(channels == 4 ? 6 : 2);
        header[10..].Clear();
        Chunk(target, "IHDR"u8, header);
        Chunk(target, "sRGB"u8, [0]);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            Filter(zlib, rows, rows.Length / height, channels * bits / 8);
        Chunk(target, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(target, "IEND"u8, []);
    }

    private static void Filter(Stream target, ReadOnlySpan<byte> rows, int stride, int step)
    {
        byte[][] candidates = new byte[5][];
        for (int i = 0; i < candidates.Length; i++)
            candidates[i] = new byte[stride + 1];
        byte[] zeros = new byte[stride];
        for (int start = 0; start < rows.Length; start += stride)
        {
            ReadOnlySpan<byte> row = rows.Slice(start, stride);
            ReadOnlySpan<byte> above = start == 0 ? zeros : rows.Slice(start - stride, stride);
            byte[] best = candidates[0];
            long least = long.MaxValue;
            for (int kind = 0; kind < candidates.Length; kind++)
            {
                long cost = Apply(kind, row, above, step, candidates[kind]);
                if (cost < least)
                    (least, best) = (cost, candidates[kind]);
            }
            target.Write(best);
        }
    }

    private static long Apply(int kind, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> target)
    {
        target[0] = (byte)kind;
        long cost = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i >= step ? row[i - step] : 0, up = above[i], corner = i >= step ? above[i - step] : 0;
            int predicted = kind switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                _ => Paeth(left, up, corner),
            };
            byte difference = (byte)(row[i] - predicted);
            target[i + 1] = difference;
            cost += Math.Abs((int)(sbyte)difference);
        }
        return cost;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toCorner = Math.Abs(estimate - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static void Chunk(Stream target, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        target.Write(number);
        target.Write(kind);
        target.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(data, Crc(kind, uint.MaxValue)));
        target.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data, uint crc)
    {
        foreach (byte b in data)
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }
        return table;
    }
}
