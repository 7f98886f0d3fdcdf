namespace AInimEngine.Neural.Programs;

/// <summary>
/// What an input or output of a program is bound to for one run: a tensor, or plain CPU memory of the caller's, e.g. the
/// pixels of an image or a pinned array. A binding makes no copy: inputs are read (and, as targets of out variants,
/// written) where they lie; outputs are copied there once, converted to the binding's type.
/// </summary>
public readonly unsafe struct ProgramBuffer
{
    internal readonly Tensor? Tensor;
    internal readonly void* Data;
    internal readonly long Bytes;
    internal readonly ScalarType Type;

    private ProgramBuffer(Tensor? tensor, void* data, long bytes, ScalarType type)
    {
        Tensor = tensor;
        Data = data;
        Bytes = bytes;
        Type = type;
    }

    /// <summary>A tensor.</summary>
    public static implicit operator ProgramBuffer(Tensor tensor) => new(tensor, null, 0, default);

    /// <summary>CPU memory, contiguous, that stays where it is until the run returns.</summary>
    /// <param name="data">First element.</param>
    /// <param name="bytes">Its size, which must be what the input's or output's shape needs.</param>
    /// <param name="type">Element type; for an input it must be the declared one.</param>
    public static ProgramBuffer Memory(void* data, long bytes, ScalarType type) => new(null, data, bytes, type);

    /// <summary>CPU memory, contiguous, pinned or native, that stays where it is until the run returns.</summary>
    /// <param name="data">First element.</param>
    /// <param name="count">Number of elements.</param>
    public static ProgramBuffer Memory<T>(T* data, int count)
        where T : unmanaged => new(null, data, (long)count * sizeof(T), ScalarTypes.Of<T>());
}
