using System.Buffers.Binary;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>Recognises numpy's arrays and numbers in a pickle.</summary>
internal static class NumpyArrays
{
    /// <summary>An array: _reconstruct(ndarray, (0,), b'b') with the state (version, shape, dtype, is column by column, bytes).</summary>
    /// <exception cref="InvalidDataException">It has another form or type.</exception>
    public static StoredArray Array(string name, PickleCall call)
    {
        if (call.State is not PickleTuple { Items: [_, PickleTuple sizes, PickleNode type, PickleBool columns, var data] }
            || Bytes(data, int.MaxValue) is not { } bytes || TypeOf(type) is not { } element || sizes.Items.Count > StoredArray.MostDimensions)
            throw new InvalidDataException($"array {Printable.Quote(name)} is not stored as numpy stores little-endian numbers");
        var shape = new long[sizes.Items.Count];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = sizes.Items[i] is PickleInteger { Value: >= 0 } size ? size.Value : throw new InvalidDataException($"array {Printable.Quote(name)} has impossible sizes");
        if (!columns.Value || shape.Length < 2)
            return StoredArray.Whole(name, bytes, element, shape);
        // Column by column: a whole array of the reversed shape, seen through reversed strides.
        System.Array.Reverse(shape);
        StoredArray.Whole(name, bytes, element, shape);
        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = 0; i < shape.Length; i++)
            (strides[i], stride) = (stride, stride * shape[^(i + 1)]);
        System.Array.Reverse(shape);
        return StoredArray.View(name, bytes, element, 0, shape, strides);
    }

    /// <summary>A number of Python's or numpy's; null if it is none.</summary>
    public static double? Number(PickleNode? node) => node switch
    {
        PickleInteger integer => integer.Value,
        PickleFloat real => real.Value,
        PickleCall { Callee.Name: "scalar", Arguments: [var type, var data] } => Scalar(type, data),
        _ => null,
    };

    private static double? Scalar(PickleNode type, PickleNode data)
    {
        if (TypeOf(type) is not { } element || Bytes(data, most: element.Size()) is not { } bytes || bytes.Length != element.Size())
            return null;
        if (element == ScalarType.Float64)
            return BinaryPrimitives.ReadDoubleLittleEndian(bytes.Span);
        Span<float> single = stackalloc float[1];
        StoredArray.ToSingles(element, bytes.Span, single);
        return single[0];
    }

    // Under protocol 2 Python 3 writes bytes as _codecs.encode(text, 'latin1').
    private static ReadOnlyMemory<byte>? Bytes(PickleNode node, int most)
    {
        switch (node)
        {
            case PickleBytes bytes:
                return bytes.Bytes;
            case PickleCall { Callee: { Module: "_codecs", Name: "encode" }, Arguments: [PickleText text, ..] } when text.Utf8.Length / 2 <= most:
                string latin = text.Text;
                var encoded = new byte[latin.Length];
                for (int i = 0; i < encoded.Length; i++)
                {
                    if (latin[i] > 255)
                        return null;
                    encoded[i] = (byte)latin[i];
                }
                return encoded;
            default:
                return null;
        }
    }

    // dtype('f4', False, True) with the state (3, '<', None, None, None, -1, -1, 0).
    private static ScalarType? TypeOf(PickleNode node)
    {
        if (node is not PickleCall { Callee: { Module: "numpy", Name: "dtype" }, Arguments: [var code, ..] } call)
            return null;
        if (call.State is PickleTuple { Items: [_, var order, ..] } && PickleText.Of(order) == ">")
            return null;
        return PickleText.Of(code) switch
        {
            "f4" => ScalarType.Float32,
            "f2" => ScalarType.Float16,
            "f8" => ScalarType.Float64,
            "i8" => ScalarType.Int64,
            "i4" => ScalarType.Int32,
            "i2" => ScalarType.Int16,
            "i1" => ScalarType.Int8,
            "u1" => ScalarType.Byte,
            "b1" => ScalarType.Bool,
            _ => null,
        };
    }
}
