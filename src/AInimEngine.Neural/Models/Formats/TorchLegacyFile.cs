using System.Buffers.Binary;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>
/// Torch's file format before 1.6, and what StyleGAN's pickles embed for every array: five pickles (magic number, version,
/// system, object, keys of storages), then for each key the number of elements as int64 and the elements.
/// </summary>
internal sealed class TorchLegacyFile : ITorchStorages
{
    private const long Version = 1001;
    private const int MostStorages = 100_000;

    // 0x1950a86a20f9469cfc6c, little-endian.
    private static ReadOnlySpan<byte> Magic => [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    private readonly Dictionary<string, TorchStorage> _storages = new(StringComparer.Ordinal);

    private TorchLegacyFile(PickleNode root) => Root = root;

    /// <summary>The pickled object.</summary>
    public PickleNode Root { get; }

    /// <summary>Whether a file's first pickle marks this format.</summary>
    public static bool IsMagic(PickleNode first) => first is PickleLong number && number.Bytes.Span.SequenceEqual(Magic);

    /// <summary>Reads all of it.</summary>
    /// <exception cref="InvalidDataException">Broken.</exception>
    public static TorchLegacyFile Read(ReadOnlyMemory<byte> bytes, PickleBudget budget)
    {
        int position = 0;
        if (!IsMagic(PickleMachine.Read(bytes, ref position, budget, out _)))
            throw new InvalidDataException("an embedded torch file does not begin as one");
        if (PickleMachine.Read(bytes, ref position, budget, out _) is not PickleInteger { Value: Version })
            throw new InvalidDataException($"its torch format is not version {Version}");
        PickleNode system = PickleMachine.Read(bytes, ref position, budget, out _);
        if (system is PickleContainer map && map.Entries.Any(entry => PickleText.Of(entry.Key) == "little_endian" && entry.Value is PickleBool { Value: false }))
            throw new InvalidDataException("it was written on a big-endian machine, which is not read");
        PickleNode root = PickleMachine.Read(bytes, ref position, budget, out IReadOnlyList<PicklePersistent> references);
        if (PickleMachine.Read(bytes, ref position, budget, out _) is not PickleList keys || keys.Items.Count > MostStorages)
            throw new InvalidDataException("its list of storages is broken");
        var file = new TorchLegacyFile(root);
        file.ReadStorages(bytes, position, references, keys.Items);
        return file;
    }

    /// <inheritdoc/>
    public TorchStorage Find(PicklePersistent reference)
    {
        (ScalarType type, string key, long elements) = TorchStorage.Parse(reference);
        if (!_storages.TryGetValue(key, out TorchStorage? storage) || storage.Type != type || storage.Bytes.Length != elements * type.Size())
            throw new InvalidDataException($"it refers to the storage {Printable.Quote(key)}, which it does not hold");
        return storage;
    }

    private void ReadStorages(ReadOnlyMemory<byte> bytes, int position, IReadOnlyList<PicklePersistent> references, IReadOnlyList<PickleNode> keys)
    {
        var types = new Dictionary<string, ScalarType>(StringComparer.Ordinal);
        foreach (PicklePersistent reference in references)
        {
            (ScalarType type, string key, _) = TorchStorage.Parse(reference);
            if (!types.TryAdd(key, type) && types[key] != type)
                throw new InvalidDataException($"the storage {Printable.Quote(key)} has two types");
        }
        foreach (PickleNode node in keys)
        {
            if (PickleText.Of(node) is not { } key || !types.TryGetValue(key, out ScalarType type))
                throw new InvalidDataException("it holds a storage that nothing refers to");
            if (bytes.Length - position < sizeof(long))
                throw Truncated();
            long elements = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[position..]);
            position += sizeof(long);
            if (elements < 0 || elements > (bytes.Length - position) / type.Size())
                throw Truncated();
            int length = (int)elements * type.Size();
            if (!_storages.TryAdd(key, new TorchStorage(type, bytes.Slice(position, length))))
                throw new InvalidDataException($"it holds the storage {Printable.Quote(key)} twice");
            position += length;
        }
        if (position != bytes.Length)
            throw new InvalidDataException($"{bytes.Length - position} bytes follow its last storage, which belong to nothing");
    }

    private static InvalidDataException Truncated() => new("its last storages are missing: the file is cut off; copy or download it again");
}
