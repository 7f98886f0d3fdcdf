using AInimEngine.Neural.Models.Formats;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>From the bytes of a file to a checked model: which format, then which network.</summary>
internal static class ModelImporter
{
    /// <summary>Reads a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="fileName">For the card of what is imported.</param>
    /// <exception cref="InvalidDataException">It is no model that can be played.</exception>
    public static Model Read(ReadOnlyMemory<byte> bytes, string name, string fileName)
    {
        StoredModel stored = FileFormats.Read(bytes);
        // Averages and what has two names may share storages; what is folded or estimated comes to a little more than the file.
        long mostBytes = 2L * bytes.Length + 65536;
        (ModelCard card, IReadOnlyDictionary<string, StoredArray> arrays, bool isOurs) = Recognise(stored, name, mostBytes);
        if (!isOurs)
            card = card with { Source = fileName, SourceHash = ModelFile.Hash(bytes.Span) };
        return ModelCheck.Load(card, arrays, mostBytes);
    }

    private static (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays, bool IsOurs) Recognise(StoredModel stored, string name, long mostBytes)
    {
        if (stored.Arrays is { } plain)
        {
            if (stored.Metadata.TryGetValue(ModelCard.MetadataKey, out string? json))
                return (ModelCardJson.Read(json, name), plain, true);
            (ModelCard card, IReadOnlyDictionary<string, StoredArray> arrays) = NamedArrays.Read(name, plain, stored.Metadata);
            return (card, arrays, false);
        }
        var reader = new TorchArrays(stored.Storages, stored.Budget, mostBytes);
        if (OfficialPickle.Find(stored.Root!) is { } network)
        {
            (ModelCard card, IReadOnlyDictionary<string, StoredArray> arrays) = OfficialPickle.Read(name, network, reader);
            return (card, arrays, false);
        }
        if (TensorFlowPickle.Find(stored.Root!) is { } averaged)
        {
            (ModelCard card, IReadOnlyDictionary<string, StoredArray> arrays) = TensorFlowPickle.Read(name, averaged, reader);
            return (card, arrays, false);
        }
        (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays) found = TorchCheckpoint.Read(name, stored.Root!, reader);
        return (found.Card, found.Arrays, false);
    }
}
