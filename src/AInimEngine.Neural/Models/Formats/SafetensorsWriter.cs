using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>Writes safetensors, larger elements first and then by name, so that every array is aligned to its elements.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 64;

    /// <summary>Writes header and arrays.</summary>
    /// <param name="output">Written to once, front to back.</param>
    /// <param name="arrays">Names are unique.</param>
    /// <param name="metadata">Text beside them.</param>
    public static void Write(Stream output, IEnumerable<WeightArray> arrays, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        WeightArray[] sorted = [.. arrays.OrderByDescending(array => array.Type.Size()).ThenBy(array => array.Name, StringComparer.Ordinal)];
        var header = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(header))
            WriteHeader(json, sorted, metadata);
        // Spaces are allowed after the header: with them the arrays begin at a multiple of 64.
        int padding = (Alignment - (8 + header.WrittenCount) % Alignment) % Alignment;
        header.GetSpan(padding)[..padding].Fill((byte)' ');
        header.Advance(padding);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.WrittenCount);
        output.Write(length);
        output.Write(header.WrittenSpan);
        foreach (WeightArray array in sorted)
            output.Write(array.Data.Span);
    }

    private static void WriteHeader(Utf8JsonWriter json, WeightArray[] arrays, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        json.WriteStartObject();
        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
        long position = 0;
        foreach (WeightArray array in arrays)
        {
            json.WriteStartObject(array.Name);
            json.WriteString("dtype", TypeName(array.Type));
            json.WriteStartArray("shape");
            foreach (long size in array.Shape)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(position);
            json.WriteNumberValue(position += array.Data.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static string TypeName(ScalarType type) => type switch
    {
        ScalarType.Float64 => "F64",
        ScalarType.Float32 => "F32",
        ScalarType.Float16 => "F16",
        ScalarType.BFloat16 => "BF16",
        ScalarType.Int64 => "I64",
        ScalarType.Int32 => "I32",
        ScalarType.Int16 => "I16",
        ScalarType.Int8 => "I8",
        ScalarType.Byte => "U8",
        ScalarType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
