using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>Tells formats apart by their bytes; endings say nothing.</summary>
internal static class FileFormats
{
    /// <summary>Reads a file of any format.</summary>
    /// <exception cref="InvalidDataException">Broken, or none that is known.</exception>
    public static StoredModel Read(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.Length > 1 && span[0] == PickleOpcode.Proto)
            return ReadPickle(bytes);
        if (ZipIndex.Recognises(span))
        {
            var budget = new PickleBudget();
            TorchZipFile file = TorchZipFile.Read(bytes, budget);
            return new StoredModel { Root = file.Root, Storages = file, Budget = budget };
        }
        if (SafetensorsReader.Recognises(span))
            return SafetensorsReader.Read(bytes);
        throw new InvalidDataException(span switch
        {
            _ when span.StartsWith("version https://git-lfs"u8) => "it is a pointer that Git LFS left in place of the file; fetch the file itself with 'git lfs pull'",
            _ when span.TrimStart(" \t\r\n"u8).StartsWith("<"u8) => "it is a web page, not a model: the download was answered with a page; open it in a browser to see why",
            _ => "it is none of the formats that are read: safetensors, StyleGAN's .pkl, torch's .pt and .pth",
        });
    }

    private static StoredModel ReadPickle(ReadOnlyMemory<byte> bytes)
    {
        var budget = new PickleBudget();
        int position = 0;
        PickleNode root = PickleMachine.Read(bytes, ref position, budget, out _);
        if (TorchLegacyFile.IsMagic(root))
        {
            TorchLegacyFile file = TorchLegacyFile.Read(bytes, budget);
            return new StoredModel { Root = file.Root, Storages = file, Budget = budget };
        }
        return position == bytes.Length
            ? new StoredModel { Root = root, Budget = budget }
            : throw new InvalidDataException($"{bytes.Length - position} bytes follow its pickle, which belong to nothing");
    }
}
