using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Decoding;

namespace AInimEngine.Neural.Workers;

/// <summary>What a worker says of its generator when it is ready.</summary>
/// <param name="Name">Name for people.</param>
/// <param name="Latents">Shape and response of the latent.</param>
/// <param name="Inputs">The control fields that it reads, the latent first.</param>
/// <param name="Defaults">Defaults of the inputs but the first.</param>
/// <param name="ModelHash">Names the weights; "" for a generator that has none.</param>
/// <param name="Precision">In which numbers it decodes; "" where there is no choice.</param>
internal sealed record WorkerHello(string Name, LatentLayout Latents, IReadOnlyList<FrameField> Inputs, float[] Defaults, string ModelHash = "", string Precision = "")
{
    private const int MaxGroups = 64, MaxInputs = 1024;

    /// <summary>Asks a generator.</summary>
    public static WorkerHello Of(IGenerator generator)
    {
        int size = generator.Inputs.Sum(input => input.Length);
        var defaults = new float[size - generator.Latents.Size];
        generator.DefaultInputs(defaults);
        return new WorkerHello(generator.Name, generator.Latents, generator.Inputs, defaults,
            (generator as StyleGenerator)?.Hash ?? "", (generator as StyleGenerator)?.Settings.Precision.ToString() ?? "");
    }

    /// <summary>
    /// Whether a worker that was started again plays the same generator: all is the same but how the picture answers, which
    /// is measured and changes no picture.
    /// </summary>
    public bool IsSame(WorkerHello other) => Bytes(Latents.ImageChangePerUnit).AsSpan().SequenceEqual(other.Bytes(Latents.ImageChangePerUnit));

    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Name);
        writer.Write(Latents.Layers);
        writer.Write(Latents.Width);
        writer.Write(Latents.Groups.Count);
        foreach (LatentGroup group in Latents.Groups)
        {
            writer.Write(group.Name);
            writer.Write(group.FirstLayer);
            writer.Write(group.LayerCount);
        }
        foreach (float change in Latents.ImageChangePerUnit)
            writer.Write(change);
        writer.Write(Inputs.Count);
        foreach (FrameField input in Inputs)
        {
            writer.Write(input.Name);
            writer.Write(input.Length);
            writer.Write(input.Unit);
            writer.Write(input.Min);
            writer.Write(input.Max);
            writer.Write(input.Description);
        }
        foreach (float value in Defaults)
            writer.Write(value);
        writer.Write(ModelHash);
        writer.Write(Precision);
    }

    /// <summary>Reads it; nothing is larger than what the shared memory has room for.</summary>
    /// <exception cref="InvalidDataException">The numbers make no sense.</exception>
    public static WorkerHello Read(BinaryReader reader)
    {
        string name = reader.ReadString();
        int layers = Count(reader, 1, SharedRegion.MaxControls, "layers"), width = Count(reader, 1, SharedRegion.MaxControls / layers, "floats a layer");
        var groups = new LatentGroup[Count(reader, 0, MaxGroups, "groups")];
        for (int i = 0; i < groups.Length; i++)
            groups[i] = new LatentGroup(reader.ReadString(), Count(reader, 0, layers, "first layer"), Count(reader, 0, layers, "layers of a group"));
        float[] changes = Floats(reader, layers);
        var inputs = new FrameField[Count(reader, 1, MaxInputs, "inputs")];
        int size = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            string field = reader.ReadString();
            int length = Count(reader, 1, SharedRegion.MaxControls - size, "floats of inputs");
            size += length;
            inputs[i] = new FrameField(field, length, reader.ReadString(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadString());
        }
        if (inputs[0].Name != LatentLayout.FieldName || inputs[0].Length != layers * width)
            throw new InvalidDataException($"the first input is '{inputs[0].Name}' with {inputs[0].Length} floats, not a latent of {layers * width}");
        return new WorkerHello(name, new LatentLayout(layers, width, groups, changes), inputs, Floats(reader, size - layers * width), reader.ReadString(), reader.ReadString());
    }

    private byte[] Bytes(IReadOnlyList<float> changes)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        (this with { Latents = Latents with { ImageChangePerUnit = changes } }).Write(writer);
        return stream.ToArray();
    }

    private static int Count(BinaryReader reader, int min, int max, string what)
    {
        int count = reader.ReadInt32();
        return count >= min && count <= max ? count : throw new InvalidDataException($"{count} {what}; there can be {min} to {max}");
    }

    private static float[] Floats(BinaryReader reader, int count)
    {
        if (reader.BaseStream.Length - reader.BaseStream.Position < count * sizeof(float))
            throw new InvalidDataException($"a message ends before its {count} floats");
        var values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = reader.ReadSingle();
        return values;
    }
}
