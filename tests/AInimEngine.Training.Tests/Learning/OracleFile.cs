using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AInimEngine.Training.Tests.Learning;

/// <summary>Single-precision arrays by name with text beside them, as tests/oracles/train_step.py reads and writes them (safetensors).</summary>
internal sealed class OracleFile
{
    public Dictionary<string, (long[] Shape, float[] Values)> Arrays { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Metadata { get; init; } = new(StringComparer.Ordinal);

    public float[] this[string name] => Arrays[name].Values;

    public void Add(string name, float[] values, params long[] shape) => Arrays.Add(name, (shape, values));

    public static OracleFile Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, length));
        var file = new OracleFile();
        foreach (JsonProperty entry in header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            float[] values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + length + offsets[0], offsets[1] - offsets[0])).ToArray();
            file.Arrays.Add(entry.Name, ([.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())], values));
        }
        return file;
    }

    public void Write(string path)
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = Metadata };
        int position = 0;
        foreach ((string name, (long[] shape, float[] values)) in Arrays)
            header[name] = new { dtype = "F32", shape, data_offsets = new[] { position, position += 4 * values.Length } };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        using FileStream output = File.Create(path);
        output.Write(BitConverter.GetBytes((ulong)json.Length));
        output.Write(json);
        foreach ((_, float[] values) in Arrays.Values)
            output.Write(MemoryMarshal.AsBytes<float>(values));
    }
}
