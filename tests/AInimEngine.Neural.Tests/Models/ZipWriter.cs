using System.Buffers.Binary;
using System.Text;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>Writes zip files as torch does (stored, sizes after the data), and broken ones.</summary>
internal sealed class ZipWriter
{
    private readonly MemoryStream _bytes = new();
    private readonly List<(string Name, int Offset, int Size, ushort Method)> _entries = [];

    public ZipWriter Add(string name, byte[] data, ushort method = 0)
    {
        int offset = (int)_bytes.Position;
        Span<byte> header = stackalloc byte[30];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034b50);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 0x808);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], method);
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        BinaryPrimitives.WriteUInt16LittleEndian(header[26..], (ushort)utf8.Length);
        int padding = (64 - (offset + 30 + utf8.Length) % 64) % 64;
        BinaryPrimitives.WriteUInt16LittleEndian(header[28..], (ushort)padding);
        _bytes.Write(header);
        _bytes.Write(utf8);
        _bytes.Write(new byte[padding]);
        _bytes.Write(data);
        Span<byte> descriptor = stackalloc byte[16];
        descriptor.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, 0x08074b50);
        BinaryPrimitives.WriteInt32LittleEndian(descriptor[8..], data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(descriptor[12..], data.Length);
        _bytes.Write(descriptor);
        _entries.Add((name, offset, data.Length, method));
        return this;
    }

    /// <summary>Another entry of the directory over the bytes of entry 0: what zip bombs are made of.</summary>
    public ZipWriter Alias(string name)
    {
        _entries.Add((name, _entries[0].Offset, _entries[0].Size, 0));
        return this;
    }

    public byte[] Finish(long? claimedSize = null)
    {
        int start = (int)_bytes.Position;
        Span<byte> entry = stackalloc byte[46];
        foreach ((string name, int offset, int size, ushort method) in _entries)
        {
            entry.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(entry, 0x02014b50);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[8..], 0x808);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[10..], method);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[20..], (uint)(claimedSize ?? size));
            BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], (uint)(claimedSize ?? size));
            byte[] utf8 = Encoding.UTF8.GetBytes(name);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[28..], (ushort)utf8.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[42..], offset);
            _bytes.Write(entry);
            _bytes.Write(utf8);
        }
        Span<byte> end = stackalloc byte[22];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_entries.Count);
        BinaryPrimitives.WriteInt32LittleEndian(end[12..], (int)_bytes.Position - start);
        BinaryPrimitives.WriteInt32LittleEndian(end[16..], start);
        _bytes.Write(end);
        return _bytes.ToArray();
    }
}
