using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>An array as a file stores it: a view of a block of bytes. Nothing is copied before <see cref="Load"/>.</summary>
internal sealed class StoredArray
{
    /// <summary>Most dimensions: convolutions have four, two files add one.</summary>
    public const int MostDimensions = 8;

    private readonly ReadOnlyMemory<byte> _storage;
    private readonly long _offset;
    private readonly long[] _strides;

    private StoredArray(ReadOnlyMemory<byte> storage, ScalarType type, long offset, long[] shape, long[] strides)
    {
        (_storage, Type, _offset, Shape, _strides) = (storage, type, offset, shape, strides);
        Count = 1;
        foreach (long size in shape)
            Count *= size;
    }

    /// <summary>Element type.</summary>
    public ScalarType Type { get; }

    /// <summary>Sizes.</summary>
    public long[] Shape { get; }

    /// <summary>Number of elements; at most as many as the storage has.</summary>
    public long Count { get; }

    /// <summary>A view of a storage, checked.</summary>
    /// <param name="name">For errors.</param>
    /// <param name="storage">All bytes of the storage.</param>
    /// <param name="type">Element type.</param>
    /// <param name="offset">First element, in elements.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="strides">In elements.</param>
    /// <exception cref="InvalidDataException">It reaches outside of its storage, or has more elements than that.</exception>
    public static StoredArray View(string name, ReadOnlyMemory<byte> storage, ScalarType type, long offset, long[] shape, long[] strides)
    {
        long available = storage.Length / type.Size();
        if (shape.Length > MostDimensions || shape.Length != strides.Length)
            throw Wrong("has sizes and strides that do not fit together");
        long count = 1;
        foreach (long size in shape)
        {
            if (size < 0 || size > available || (count *= Math.Max(size, 1)) > available)
                throw Wrong($"of sizes {Printable.Shape(shape)} is larger than what the file stores for it");
        }
        bool isEmpty = shape.Contains(0);
        long last = offset;
        for (int i = 0; i < shape.Length && !isEmpty; i++)
        {
            if (strides[i] < 0 || (strides[i] > available && shape[i] > 1))
                throw Wrong("has impossible strides");
            last += shape[i] > 1 ? (shape[i] - 1) * strides[i] : 0;
        }
        // The product of the sizes is below 2^31, and so is every stride: their sum of products is below 2^62.
        if (offset < 0 || offset > available || (!isEmpty && last >= available))
            throw Wrong("reaches outside of what the file stores for it");
        return new StoredArray(storage, type, offset, shape, strides);

        InvalidDataException Wrong(string what) => new($"array {Printable.Quote(name)} {what}");
    }

    /// <summary>An array row by row that fills its storage exactly.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public static StoredArray Whole(string name, ReadOnlyMemory<byte> storage, ScalarType type, long[] shape)
    {
        StoredArray array = View(name, storage, type, 0, shape, Contiguous(shape, storage.Length));
        return array.Count * type.Size() == storage.Length
            ? array
            : throw new InvalidDataException($"array {Printable.Quote(name)} of sizes {Printable.Shape(shape)} is stored in {storage.Length} bytes");
    }

    /// <summary>An array that is in memory already.</summary>
    public static StoredArray Of(WeightArray array) => Whole(array.Name, array.Data, array.Type, [.. array.Shape]);

    /// <summary>The same elements under another shape; they must lie row by row.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public StoredArray Reshape(string name, params long[] shape)
    {
        if (!IsContiguous)
            throw new InvalidDataException($"array {Printable.Quote(name)} is a view with gaps");
        return View(name, _storage, Type, _offset, shape, Contiguous(shape, _storage.Length));
    }

    /// <summary>The same elements with their dimensions in another order.</summary>
    public StoredArray Permute(string name, params ReadOnlySpan<int> order)
    {
        var shape = new long[order.Length];
        var strides = new long[order.Length];
        for (int i = 0; i < order.Length; i++)
            (shape[i], strides[i]) = (Shape[order[i]], _strides[order[i]]);
        return View(name, _storage, Type, _offset, shape, strides);
    }

    /// <summary>Copies the elements out, row by row; all but half, bfloat16 and single become single.</summary>
    /// <param name="name">The array's name from here on.</param>
    public WeightArray Load(string name)
    {
        WeightArray stored = LoadAsStored(name);
        if (Type is ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16)
            return stored;
        var singles = new float[Count];
        ToSingles(Type, stored.Data.Span, singles);
        return WeightArray.From(name, singles, Shape);
    }

    /// <summary>Copies the elements out, row by row, whatever their type is.</summary>
    /// <param name="name">The array's name from here on.</param>
    public WeightArray LoadAsStored(string name)
    {
        int size = Type.Size();
        var packed = new byte[Count * size];
        if (Count > 0 && IsContiguous)
            _storage.Span.Slice((int)(_offset * size), packed.Length).CopyTo(packed);
        else
            Gather(packed, size);
        return new WeightArray(name, Type, Shape, packed);
    }

    /// <summary>The elements as singles.</summary>
    public float[] LoadSingles() => Load("").ToSingles();

    /// <summary>Converts elements to singles; doubles beyond their range become infinite.</summary>
    public static void ToSingles(ScalarType type, ReadOnlySpan<byte> bytes, Span<float> singles)
    {
        if (type == ScalarType.Float32 && BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(singles));
            return;
        }
        int size = type.Size();
        for (int i = 0; i < singles.Length; i++)
        {
            ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
            singles[i] = type switch
            {
                ScalarType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(element),
                ScalarType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                ScalarType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
                ScalarType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                ScalarType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                ScalarType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                ScalarType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                ScalarType.Int8 => (sbyte)element[0],
                ScalarType.Byte => element[0],
                ScalarType.Bool => element[0] == 0 ? 0 : 1,
                _ => throw new ArgumentOutOfRangeException(nameof(type)),
            };
        }
    }

    private bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int i = Shape.Length - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && _strides[i] != expected)
                    return false;
                expected *= Shape[i];
            }
            return true;
        }
    }

    private void Gather(Span<byte> target, int size)
    {
        ReadOnlySpan<byte> source = _storage.Span;
        var index = new long[Shape.Length];
        for (long i = 0; i < Count; i++)
        {
            long at = _offset;
            for (int d = 0; d < index.Length; d++)
                at += index[d] * _strides[d];
            source.Slice((int)(at * size), size).CopyTo(target[(int)(i * size)..]);
            for (int d = index.Length - 1; d >= 0 && ++index[d] == Shape[d]; d--)
                index[d] = 0;
        }
    }

    // Sizes are checked by View right after; a product that runs over is caught there as too large.
    private static long[] Contiguous(long[] shape, long most)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride = shape[i] is >= 0 and <= int.MaxValue ? Math.Min(stride * Math.Max(shape[i], 1), most) : most;
        }
        return strides;
    }
}
