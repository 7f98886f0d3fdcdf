using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>Recognises the calls that rebuild tensors, numpy arrays and numbers, and gives what they stand for.</summary>
/// <param name="storages">The blocks beside the pickle; null if it has none.</param>
/// <param name="budget">For torch files that are embedded in the pickle.</param>
/// <param name="mostBytes">Arrays together are at most this large: views can make much of little.</param>
internal sealed class TorchArrays(ITorchStorages? storages, PickleBudget budget, long mostBytes)
{
    private long _left = mostBytes;

    private readonly Dictionary<PickleNode, TorchStorage> _embedded = new(ReferenceEqualityComparer.Instance);

    /// <summary>The array of a node; null if the node is no array.</summary>
    /// <param name="name">For errors.</param>
    /// <param name="node">A tensor, a parameter, or a numpy array.</param>
    /// <exception cref="InvalidDataException">It is an array, and broken.</exception>
    public StoredArray? Find(string name, PickleNode node)
    {
        StoredArray? array = node is PickleCall call ? Recognise(name, call) : null;
        if (array is not null && (_left -= array.Count * array.Type.Size()) < 0)
            throw new InvalidDataException("its arrays overlap: together they are larger than the file");
        return array;
    }

    private StoredArray? Recognise(string name, PickleCall call)
    {
        switch (call.Callee.ToString())
        {
            case "torch._utils._rebuild_parameter":
                return call.Arguments is [PickleCall tensor, ..] && tensor.Callee.Name != call.Callee.Name ? Recognise(name, tensor) : throw Broken(name);
            case "torch._utils._rebuild_tensor_v2":
            case "torch._utils._rebuild_tensor":
                return Tensor(name, call.Arguments);
            case "numpy.core.multiarray._reconstruct":
            case "numpy._core.multiarray._reconstruct":
                return NumpyArrays.Array(name, call);
            default:
                return null;
        }
    }

    private StoredArray Tensor(string name, IReadOnlyList<PickleNode> arguments)
    {
        if (arguments is not [var block, PickleInteger offset, PickleNode shape, PickleNode strides, ..])
            throw Broken(name);
        TorchStorage storage = Storage(name, block);
        return StoredArray.View(name, storage.Bytes, storage.Type, offset.Value, Sizes(name, shape), Sizes(name, strides));
    }

    private TorchStorage Storage(string name, PickleNode block)
    {
        switch (block)
        {
            case PicklePersistent reference when storages is not null:
                return storages.Find(reference);
            case PickleCall call when call.Callee.Is("torch.storage", "_load_from_bytes"):
                if (_embedded.TryGetValue(call, out TorchStorage? known))
                    return known;
                if (call.Arguments is not [PickleBytes { Bytes: var bytes }])
                    throw Broken(name);
                // The object of an embedded file is a storage of its own; one that embeds another is no array.
                TorchLegacyFile file = TorchLegacyFile.Read(bytes, budget);
                return _embedded[call] = file.Root is PicklePersistent own
                    ? file.Find(own)
                    : throw new InvalidDataException($"array {Printable.Quote(name)} embeds something other than its numbers");
            default:
                throw Broken(name);
        }
    }

    private static long[] Sizes(string name, PickleNode node)
    {
        IReadOnlyList<PickleNode> items = node switch
        {
            PickleTuple tuple => tuple.Items,
            PickleCall { Callee: { Module: "torch", Name: "Size" }, Arguments: [PickleTuple tuple] } => tuple.Items,
            _ => throw Broken(name),
        };
        if (items.Count > StoredArray.MostDimensions)
            throw Broken(name);
        var sizes = new long[items.Count];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = items[i] is PickleInteger size ? size.Value : throw Broken(name);
        return sizes;
    }

    private static InvalidDataException Broken(string name) => new($"array {Printable.Quote(name)} is not stored as torch stores arrays");
}
