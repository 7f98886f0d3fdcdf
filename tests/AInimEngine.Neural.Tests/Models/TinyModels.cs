using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Tests.Models;

/// <summary>Models of a few hundred numbers, and files with them in every format.</summary>
internal static class TinyModels
{
    public static readonly ModelCard Sg2 = new()
    {
        Name = "tiny", Architecture = ModelArchitecture.Sg2, Resolution = 16, ZDim = 2, WDim = 2, MappingLayers = 2, Channels = [2, 1, 1],
    };

    public static readonly ModelCard Sm = new()
    {
        Name = "tiny", Architecture = ModelArchitecture.Sm, Resolution = 16, ZDim = 2, WDim = 2, MappingLayers = 1, MappingMultiplier = 0.1, Channels = [1, 1, 1],
    };

    public static readonly ModelCard FastGan = new()
    {
        Name = "tiny", Architecture = ModelArchitecture.FastGan, Resolution = 256, ZDim = 2, WDim = 2, Channels = [1, 1, 1, 1, 1, 1, 1],
    };

    /// <summary>Drawn arrays of the shapes that a card asks for.</summary>
    public static List<WeightArray> Arrays(ModelCard card)
    {
        var arrays = new List<WeightArray>();
        foreach ((string name, long[] shape) in ModelShapes.Of(card))
        {
            var values = new float[shape.Aggregate(1L, (count, size) => count * size)];
            Philox.Normal(1, (ulong)arrays.Count, values);
            if (name.EndsWith("running_var", StringComparison.Ordinal))
                for (int i = 0; i < values.Length; i++)
                    values[i] = MathF.Abs(values[i]);
            arrays.Add(WeightArray.From(name, values, shape));
        }
        return arrays;
    }

    public static byte[] Safetensors(IEnumerable<WeightArray> arrays, ModelCard? card)
    {
        using var file = new MemoryStream();
        SafetensorsWriter.Write(file, arrays, card is null ? [] : [new(ModelCard.MetadataKey, ModelCardJson.Write(card, isIndented: false))]);
        return file.ToArray();
    }

    /// <summary>Torch's zip file of {"g_ema": state}, protocol 2.</summary>
    public static byte[] TorchZip(IReadOnlyList<WeightArray> arrays)
    {
        var pickle = new PickleWriter(2);
        WriteState(pickle.Dict().Mark().Text("g_ema"), arrays, isLegacy: false).SetItems();
        ZipWriter zip = new ZipWriter().Add("archive/data.pkl", pickle.Stop());
        for (int i = 0; i < arrays.Count; i++)
            zip.Add($"archive/data/{i}", arrays[i].Data.ToArray());
        return zip.Add("archive/version", "3\n"u8.ToArray()).Finish();
    }

    /// <summary>Torch's file of before 1.6 of {"g_ema": state}.</summary>
    public static byte[] TorchLegacy(IReadOnlyList<WeightArray> arrays)
    {
        var pickle = new PickleWriter(2);
        WriteState(pickle.Dict().Mark().Text("g_ema"), arrays, isLegacy: true).SetItems();
        return Legacy(pickle.Stop(), [.. arrays.Select((array, i) => (i.ToString(), array.Data.ToArray(), 4))]);
    }

    /// <summary>StyleGAN2-ADA's pickle with every array in a torch file of its own.</summary>
    public static byte[] Official(IReadOnlyList<WeightArray> arrays, int protocol)
    {
        PickleWriter pickle = new PickleWriter(protocol).Dict().Mark().Text("G_ema");
        WriteModule(pickle, "", arrays);
        return pickle.SetItems().Stop();
    }

    public static byte[] Legacy(byte[] root, params ReadOnlySpan<(string Key, byte[] Data, int ItemSize)> storages)
    {
        using var file = new MemoryStream();
        file.Write([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.']);
        file.Write(new PickleWriter(2).Int(1001).Stop());
        file.Write(new PickleWriter(2).Dict().Mark().Text("protocol_version").Int(1001).Text("little_endian").Bool(true).SetItems().Stop());
        file.Write(root);
        PickleWriter keys = new PickleWriter(2).List().Mark();
        foreach ((string key, _, _) in storages)
            keys.Text(key);
        file.Write(keys.Appends().Stop());
        Span<byte> count = stackalloc byte[8];
        foreach ((_, byte[] data, int size) in storages)
        {
            BinaryPrimitives.WriteInt64LittleEndian(count, data.Length / size);
            file.Write(count);
            file.Write(data);
        }
        return file.ToArray();
    }

    /// <summary>One tensor of StyleGAN's pickles: a parameter whose storage is a torch file in a byte string.</summary>
    public static void WriteEmbedded(PickleWriter pickle, byte[] data, long[] shape)
    {
        byte[] blob = Legacy(new PickleWriter(2).Storage("7", data.Length / 4, isLegacy: true).Stop(), ("7", data, 4));
        pickle.Tensor(() => pickle.Global("torch.storage", "_load_from_bytes").Mark().Bytes(blob).Tuple().Reduce(), shape);
    }

    public static PickleWriter WriteState(PickleWriter pickle, IReadOnlyList<WeightArray> arrays, bool isLegacy)
    {
        pickle.OrderedDict().Mark();
        for (int i = 0; i < arrays.Count; i++)
        {
            string key = i.ToString();
            WeightArray array = arrays[i];
            pickle.Text(array.Name).Tensor(() => pickle.Storage(key, array.Count, isLegacy: isLegacy), [.. array.Shape]);
        }
        return pickle.SetItems();
    }

    public static float[] Values(WeightArray array) => MemoryMarshal.Cast<byte, float>(array.Data.Span).ToArray();

    private static void WriteModule(PickleWriter pickle, string prefix, IReadOnlyList<WeightArray> arrays)
    {
        string className = prefix switch { "" => "Generator", "synthesis." => "SynthesisNetwork", _ => "Module" };
        pickle.Global("torch_utils.persistence", "_reconstruct_persistent_obj").Mark().Dict().Mark();
        pickle.Text("type").Text("class").Text("version").Int(6).Text("module_src").Text("raise SystemExit('executed')").Text("class_name").Text(className);
        pickle.Text("state").Dict().Mark().Text("_parameters").OrderedDict().Mark();
        foreach (WeightArray array in arrays.Where(a => a.Name.StartsWith(prefix, StringComparison.Ordinal) && !a.Name[prefix.Length..].Contains('.')))
        {
            pickle.Text(array.Name[prefix.Length..]);
            WriteEmbedded(pickle, array.Data.ToArray(), [.. array.Shape]);
        }
        pickle.SetItems().Text("_modules").OrderedDict().Mark();
        foreach (string child in arrays.Where(a => a.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(a => a.Name[prefix.Length..]).Where(n => n.Contains('.')).Select(n => n[..n.IndexOf('.')]).Distinct())
        {
            pickle.Text(child);
            WriteModule(pickle, $"{prefix}{child}.", arrays);
        }
        pickle.SetItems().SetItems().SetItems().Tuple().Reduce();
    }
}
