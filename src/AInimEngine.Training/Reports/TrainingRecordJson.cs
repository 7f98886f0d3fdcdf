using System.Buffers;
using System.Text;
using System.Text.Json;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Reports;

/// <summary>Lines of a training log as JSON. NaN and infinities are written as null, and null is read as NaN.</summary>
internal static class TrainingRecordJson
{
    private const int MostLevels = 16, MostNearest = 1000;

    /// <summary>One line, without its end.</summary>
    public static byte[] Write(TrainingRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("step", record.Step);
            Number(json, "kimg", record.Kimg);
            Number(json, "seconds", record.Seconds);
            Number(json, "pictures_per_second", record.PicturesPerSecond);
            Number(json, "generator", record.Generator);
            Number(json, "discriminator", record.Discriminator);
            Number(json, "r1", record.R1);
            Number(json, "real_sign", record.RealSign);
            Number(json, "creative", record.Creative);
            json.WriteNumber("memory_bytes", record.MemoryBytes);
            if (record.Quality is { } quality)
                Write(json, quality);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a line; null if it is torn or none of ours.</summary>
    public static TrainingRecord? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 8 });
            JsonElement root = document.RootElement;
            return new TrainingRecord
            {
                Step = root.GetProperty("step").GetInt64(),
                Kimg = Number(root, "kimg"),
                Seconds = Number(root, "seconds"),
                PicturesPerSecond = Number(root, "pictures_per_second"),
                Generator = Number(root, "generator"),
                Discriminator = Number(root, "discriminator"),
                R1 = Number(root, "r1"),
                RealSign = Number(root, "real_sign"),
                Creative = Number(root, "creative"),
                MemoryBytes = root.GetProperty("memory_bytes").GetInt64(),
                Quality = root.TryGetProperty("quality", out JsonElement quality) ? ReadQuality(quality) : null,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, QualityReport quality)
    {
        json.WriteStartObject("quality");
        json.WriteNumber("pictures", quality.Pictures);
        Numbers(json, "swd", quality.Swd);
        Numbers(json, "floor", quality.Floor);
        Number(json, "memorisation", quality.Memorisation);
        Number(json, "copied_share", quality.CopiedShare);
        Number(json, "diversity", quality.Diversity);
        Number(json, "pixel_deviation", quality.PixelDeviation);
        Number(json, "precision", quality.Precision);
        Number(json, "recall", quality.Recall);
        Number(json, "kernel_distance", quality.KernelDistance);
        json.WriteStartArray("nearest");
        foreach (Neighbour pair in quality.Nearest)
        {
            json.WriteStartObject();
            json.WriteNumber("generated", pair.Generated);
            json.WriteNumber("training", pair.Training);
            json.WriteBoolean("mirrored", pair.Mirrored);
            Number(json, "ratio", pair.Ratio);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static QualityReport ReadQuality(JsonElement root) => new()
    {
        Pictures = root.GetProperty("pictures").GetInt32(),
        Swd = Numbers(root, "swd"),
        Floor = Numbers(root, "floor"),
        Memorisation = Number(root, "memorisation"),
        CopiedShare = Number(root, "copied_share"),
        Diversity = Number(root, "diversity"),
        PixelDeviation = Number(root, "pixel_deviation"),
        Precision = Number(root, "precision"),
        Recall = Number(root, "recall"),
        KernelDistance = Number(root, "kernel_distance"),
        Nearest = [.. root.GetProperty("nearest").EnumerateArray().Take(MostNearest).Select(pair => new Neighbour(
            pair.GetProperty("generated").GetInt32(), pair.GetProperty("training").GetInt32(), pair.GetProperty("mirrored").GetBoolean(), Number(pair, "ratio")))],
    };

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    private static double Number(JsonElement root, string name) => Number(root.GetProperty(name));

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static double[] Numbers(JsonElement root, string name) => [.. root.GetProperty(name).EnumerateArray().Take(MostLevels).Select(Number)];
}
