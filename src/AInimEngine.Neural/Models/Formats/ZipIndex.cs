using System.Buffers.Binary;
using System.Text;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>
/// The stored entries of a zip file, by the central directory alone: sizes in local headers may come after the data. What
/// two readers could understand in two ways (entries that overlap, names that come twice, something between the directory
/// and the end) is refused, and so is compression, which torch does not use: nothing unpacks to more than the file has.
/// </summary>
internal sealed class ZipIndex
{
    private const int MostEntries = 100_000;
    private const int EndSize = 22, Zip64EndSize = 56, LocatorSize = 20, EntrySize = 46, LocalSize = 30;
    private const uint EndMark = 0x06054b50, Zip64EndMark = 0x06064b50, LocatorMark = 0x07064b50, EntryMark = 0x02014b50, LocalMark = 0x04034b50;
    private const ushort Encrypted = 1;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _entries = new(StringComparer.Ordinal);

    private ZipIndex()
    {
    }

    /// <summary>Names of the entries.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Whether a file is a zip file.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Reads the directory.</summary>
    /// <param name="bytes">All of the file.</param>
    /// <param name="check">Sees every name before anything else of the entry counts, and throws if the file is of another kind.</param>
    /// <exception cref="InvalidDataException">Broken, or with something that torch's files do without.</exception>
    public static ZipIndex Read(ReadOnlyMemory<byte> bytes, Action<string> check)
    {
        var index = new ZipIndex();
        index.ReadDirectory(bytes, check);
        return index;
    }

    /// <summary>The bytes of an entry; null if there is none of that name.</summary>
    public ReadOnlyMemory<byte>? Find(string name)
    {
        // Not "? entry : null": that null would become an empty entry.
        if (_entries.TryGetValue(name, out ReadOnlyMemory<byte> entry))
            return entry;
        return null;
    }

    private void ReadDirectory(ReadOnlyMemory<byte> bytes, Action<string> check)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        (int start, int end, int count) = FindDirectory(span);
        var ranges = new List<(int Start, int End)>(Math.Min(count, 1024));
        int position = start;
        for (int i = 0; i < count; i++)
        {
            if (end - position < EntrySize || BinaryPrimitives.ReadUInt32LittleEndian(span[position..]) != EntryMark)
                throw Broken("its directory ends too early");
            ReadOnlySpan<byte> entry = span[position..end];
            int nameLength = U16(entry, 28), extraLength = U16(entry, 30), commentLength = U16(entry, 32);
            if (entry.Length < EntrySize + nameLength + extraLength + commentLength)
                throw Broken("its directory ends too early");
            string name = Encoding.UTF8.GetString(entry.Slice(EntrySize, nameLength));
            check(name);
            (long packed, long size, long offset) = Sizes(entry, entry.Slice(EntrySize + nameLength, extraLength));
            if ((U16(entry, 8) & Encrypted) != 0)
                throw new InvalidDataException($"its entry {Printable.Quote(name)} is encrypted");
            if (U16(entry, 10) != 0 || packed != size)
                throw new InvalidDataException($"its entry {Printable.Quote(name)} is compressed, which torch never does; pack it anew with torch.save");
            int data = DataStart(span[..start], offset, name);
            if (size > start - data)
                throw Broken($"its entry {Printable.Quote(name)} reaches outside of the file");
            if (!_entries.TryAdd(name, bytes.Slice(data, (int)size)))
                throw Broken($"it has the entry {Printable.Quote(name)} twice");
            ranges.Add(((int)offset, data + (int)size));
            position += EntrySize + nameLength + extraLength + commentLength;
        }
        if (position != end)
            throw Broken("something follows its directory");
        ranges.Sort();
        for (int i = 1; i < ranges.Count; i++)
            if (ranges[i].Start < ranges[i - 1].End)
                throw Broken("its entries overlap");
    }

    // The directory has to end where the end record (or the 64-bit one before it) begins.
    private static (int Start, int End, int Count) FindDirectory(ReadOnlySpan<byte> bytes)
    {
        int at = bytes.Length - EndSize;
        int least = Math.Max(0, at - ushort.MaxValue);
        while (at >= least && (BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) != EndMark || U16(bytes, at + 20) != bytes.Length - at - EndSize))
            at--;
        if (at < least)
            throw Broken("its end is missing: the file is cut off; copy or download it again");
        ulong count = U16(bytes, at + 10), size = U32(bytes, at + 12), start = U32(bytes, at + 16);
        int end = at;
        if (at >= LocatorSize && U32(bytes, at - LocatorSize) == LocatorMark)
        {
            ulong record = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at - LocatorSize + 8)..]);
            if (record > (ulong)(at - LocatorSize) || at - LocatorSize - (int)record != Zip64EndSize || U32(bytes, (int)record) != Zip64EndMark)
                throw Broken("its 64-bit end is broken");
            end = (int)record;
            ulong count64 = U64(bytes, end + 32), size64 = U64(bytes, end + 40), start64 = U64(bytes, end + 48);
            if ((count != ushort.MaxValue && count != count64) || (size != uint.MaxValue && size != size64) || (start != uint.MaxValue && start != start64))
                throw Broken("its two ends contradict each other");
            (count, size, start) = (count64, size64, start64);
        }
        if (U16(bytes, at + 4) != 0 || U16(bytes, at + 6) != 0 || start > (ulong)end || size != (ulong)end - start || count > MostEntries || count > size / EntrySize)
            throw Broken("its directory is not where it should be");
        return ((int)start, end, (int)count);
    }

    private static (long Packed, long Size, long Offset) Sizes(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        ulong packed = U32(entry, 20), size = U32(entry, 24), offset = U32(entry, 42);
        while (extra.Length >= 4)
        {
            int kind = U16(extra, 0), length = U16(extra, 2);
            if (length > extra.Length - 4)
                break;
            if (kind == 1)
            {
                // Only those that do not fit into 32 bits are here, in this order.
                ReadOnlySpan<byte> field = extra.Slice(4, length);
                Widen(ref size, ref field);
                Widen(ref packed, ref field);
                Widen(ref offset, ref field);
            }
            extra = extra[(4 + length)..];
        }
        if (packed > int.MaxValue || size > int.MaxValue || offset > int.MaxValue)
            throw Broken("an entry is larger than the file");
        return ((long)packed, (long)size, (long)offset);
    }

    private static void Widen(ref ulong value, ref ReadOnlySpan<byte> field)
    {
        if (value != uint.MaxValue || field.Length < 8)
            return;
        value = U64(field, 0);
        field = field[8..];
    }

    private static int DataStart(ReadOnlySpan<byte> bytes, long offset, string name)
    {
        if (offset > bytes.Length - LocalSize || U32(bytes, (int)offset) != LocalMark)
            throw Broken($"its entry {Printable.Quote(name)} is not where its directory says");
        ReadOnlySpan<byte> local = bytes[(int)offset..];
        int nameLength = U16(local, 26), data = LocalSize + nameLength + U16(local, 28);
        if (data > local.Length || U16(local, 8) != 0 || Encoding.UTF8.GetString(local.Slice(LocalSize, nameLength)) != name)
            throw Broken($"its entry {Printable.Quote(name)} is another one where its directory points");
        return (int)offset + data;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static InvalidDataException Broken(string what) => new($"as a zip file it is broken: {what}");
}
