using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>A block of elements of one type.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Bytes">All of it.</param>
internal sealed record TorchStorage(ScalarType Type, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Takes apart ('storage', torch.FloatStorage, key, location, elements[, view]).</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static (ScalarType Type, string Key, long Elements) Parse(PicklePersistent reference)
    {
        if (reference.Id is not PickleTuple { Items: { Count: 5 or 6 } id }
            || PickleText.Of(id[0]) != "storage" || id[1] is not PickleGlobal type || PickleText.Of(id[2]) is not { } key || id[4] is not PickleInteger { Value: >= 0 } elements)
            throw new InvalidDataException("a reference to a block of weights is not of the form that torch writes");
        if (id.Count == 6 && id[5] is not PickleNone)
            throw new InvalidDataException("it has views of storages, as torch wrote before 2017; save its state_dict() anew with a later torch");
        return (TypeOf(type), key, elements.Value);
    }

    private static ScalarType TypeOf(PickleGlobal global) => global.ToString() switch
    {
        "torch.FloatStorage" => ScalarType.Float32,
        "torch.HalfStorage" => ScalarType.Float16,
        "torch.BFloat16Storage" => ScalarType.BFloat16,
        "torch.DoubleStorage" => ScalarType.Float64,
        "torch.LongStorage" => ScalarType.Int64,
        "torch.IntStorage" => ScalarType.Int32,
        "torch.ShortStorage" => ScalarType.Int16,
        "torch.CharStorage" => ScalarType.Int8,
        "torch.ByteStorage" => ScalarType.Byte,
        "torch.BoolStorage" => ScalarType.Bool,
        _ => throw new InvalidDataException($"it has weights of the type {Printable.Quote(global.ToString())}, which is none of torch's that are read"),
    };
}
