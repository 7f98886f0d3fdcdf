using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>
/// Reads safetensors: a little-endian u64 length, a JSON header of that length, then the arrays, which cover the rest
/// without gaps and without overlap.
/// </summary>
internal static class SafetensorsReader
{
    /// <summary>Most bytes of a header, as the format's own reader has it.</summary>
    public const int MostHeader = 100_000_000;

    private const int MostArrays = 100_000, MostMetadata = 10_000;

    /// <summary>Whether a file looks like one.</summary>
    public static bool Recognises(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 8 && bytes[8] == (byte)'{' && BinaryPrimitives.ReadUInt64LittleEndian(bytes) is > 1 and <= MostHeader;

    /// <summary>Reads the header; arrays stay where they are.</summary>
    /// <exception cref="InvalidDataException">Broken.</exception>
    public static StoredModel Read(ReadOnlyMemory<byte> bytes)
    {
        int length = (int)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span), MostHeader + 1);
        if (length > MostHeader || length > bytes.Length - 8)
            throw new InvalidDataException("its header is longer than the file: it is cut off or broken; copy or download it again");
        (List<Entry> entries, Dictionary<string, string> metadata) = Parse(bytes.Span.Slice(8, length));
        return new StoredModel { Arrays = Cut(entries, bytes[(8 + length)..]), Metadata = metadata };
    }

    /// <summary>Reads only what a file says beside its arrays.</summary>
    /// <exception cref="InvalidDataException">Broken.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream file)
    {
        Span<byte> start = stackalloc byte[9];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !Recognises(start))
            throw new InvalidDataException("it is no safetensors file");
        long length = BinaryPrimitives.ReadInt64LittleEndian(start);
        if (length > file.Length - 8)
            throw new InvalidDataException("its header is longer than the file: it is cut off or broken; copy or download it again");
        var header = new byte[length];
        header[0] = start[8];
        file.ReadExactly(header.AsSpan(1));
        return Parse(header).Metadata;
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> header)
    {
        try
        {
            return ParseHeader(header);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("its header is no JSON that describes arrays", error);
        }
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata) ParseHeader(ReadOnlySpan<byte> header)
    {
        var entries = new List<Entry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 4 });
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            Expect(reader.TokenType == JsonTokenType.StartObject);
            if (!names.Add(name))
                throw new InvalidDataException($"its header has {Printable.Quote(name)} twice");
            if (name == "__metadata__")
                ReadMetadata(ref reader, metadata);
            else
                entries.Add(ReadEntry(ref reader, name));
            if (entries.Count > MostArrays)
                throw new InvalidDataException($"it has more than {MostArrays} arrays");
        }
        // The reader throws at anything but white space after the object.
        reader.Read();
        return (entries, metadata);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            Expect(metadata.Count < MostMetadata);
            if (!metadata.TryAdd(key, reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new FormatException()))
                throw new FormatException();
        }
    }

    private static Entry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when type is null: type = reader.GetString(); break;
                case "shape" when shape is null: shape = ReadIntegers(ref reader, StoredArray.MostDimensions); break;
                case "data_offsets" when offsets is null: offsets = ReadIntegers(ref reader, 2); break;
                default: throw new InvalidDataException($"its header says something unknown of array {Printable.Quote(name)}");
            }
        }
        if (type is null || shape is null || offsets is not [var begin, var end] || begin > end)
            throw new InvalidDataException($"its header says too little of array {Printable.Quote(name)}, or what cannot be");
        return new Entry(name, TypeOf(name, type), shape, begin, end);
    }

    private static long[] ReadIntegers(ref Utf8JsonReader reader, int most)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        var integers = new List<long>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            Expect(integers.Count < most && reader.TryGetInt64(out long value) && value >= 0);
            integers.Add(reader.GetInt64());
        }
        Expect(reader.TokenType == JsonTokenType.EndArray);
        return [.. integers];
    }

    private static Dictionary<string, StoredArray> Cut(List<Entry> entries, ReadOnlyMemory<byte> data)
    {
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        var arrays = new Dictionary<string, StoredArray>(entries.Count, StringComparer.Ordinal);
        long position = 0;
        foreach (Entry entry in entries)
        {
            if (entry.Begin != position)
                throw new InvalidDataException($"array {Printable.Quote(entry.Name)} {(entry.Begin < position ? "overlaps another" : "leaves a gap before it")}");
            if (entry.End > data.Length)
                throw new InvalidDataException($"array {Printable.Quote(entry.Name)} ends outside of the file: it is cut off or broken; copy or download it again");
            arrays.Add(entry.Name, StoredArray.Whole(entry.Name, data.Slice((int)entry.Begin, (int)(entry.End - entry.Begin)), entry.Type, entry.Shape));
            position = entry.End;
        }
        return position == data.Length ? arrays : throw new InvalidDataException($"{data.Length - position} bytes at its end belong to no array");
    }

    private static ScalarType TypeOf(string name, string type) => type switch
    {
        "F64" => ScalarType.Float64,
        "F32" => ScalarType.Float32,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        "I64" => ScalarType.Int64,
        "I32" => ScalarType.Int32,
        "I16" => ScalarType.Int16,
        "I8" => ScalarType.Int8,
        "U8" => ScalarType.Byte,
        "BOOL" => ScalarType.Bool,
        _ => throw new InvalidDataException($"array {Printable.Quote(name)} is of the type {Printable.Quote(type)}, which is not read"),
    };

    private static void Expect(bool condition)
    {
        if (!condition)
            throw new FormatException();
    }

    private readonly record struct Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);
}
