namespace AInimEngine.Neural.Programs;

// Shapes, views and conversion.
public sealed unsafe partial class OpProgramBuilder
{
    /// <summary>The same memory in another shape; -1 is worked out. Refused where strides do not allow it.</summary>
    public Slot View(OpArgument x, params ReadOnlySpan<long> shape) => Call(Ops.View, x, shape.ToArray());

    /// <summary>The same elements in another shape; -1 is worked out; a view where it can be.</summary>
    public Slot Reshape(OpArgument x, params ReadOnlySpan<long> shape) => Call(Ops.Reshape, x, shape.ToArray());

    /// <summary>Dimensions in another order, a view.</summary>
    public Slot Permute(OpArgument x, params ReadOnlySpan<long> dims) => Call(Ops.Permute, x, dims.ToArray());

    /// <summary>Two dimensions exchanged, a view.</summary>
    public Slot Transpose(OpArgument x, long first, long second) => Call(Ops.Transpose, x, first, second);

    /// <summary>Dimensions of size 1 repeated without copying, a view.</summary>
    public Slot Expand(OpArgument x, params ReadOnlySpan<long> shape) => Call(Ops.Expand, x, shape.ToArray());

    /// <summary>Copies laid side by side.</summary>
    public Slot Repeat(OpArgument x, params ReadOnlySpan<long> times) => Call(Ops.Repeat, x, times.ToArray());

    /// <summary>Without a dimension of size 1, a view.</summary>
    public Slot Squeeze(OpArgument x, long dim) => Call(Ops.Squeeze, x, dim);

    /// <summary>With a new dimension of size 1, a view.</summary>
    public Slot Unsqueeze(OpArgument x, long dim) => Call(Ops.Unsqueeze, x, dim);

    /// <summary>Dimensions from start to end as one.</summary>
    public Slot Flatten(OpArgument x, long startDim = 0, long endDim = -1) => Call(Ops.Flatten, x, startDim, endDim);

    /// <summary>One index of a dimension, a view without it.</summary>
    public Slot Select(OpArgument x, long dim, long index) => Call(Ops.Select, x, dim, index);

    /// <summary>A stretch of a dimension, a view.</summary>
    public Slot Narrow(OpArgument x, long dim, long start, long length) => Call(Ops.Narrow, x, dim, start, length);

    /// <summary>From start to end (exclusive) of a dimension, a view.</summary>
    public Slot Slice(OpArgument x, long dim, long? start = null, long? end = null, long step = 1) =>
        Call(Ops.Slice, x, dim, start, end, step);

    /// <summary>Picks indices (int64) of a dimension, a copy.</summary>
    public Slot IndexSelect(OpArgument x, long dim, OpArgument index) => Call(Ops.IndexSelect, x, dim, index);

    /// <summary>Picks one element per index along a dimension.</summary>
    public Slot Gather(OpArgument x, long dim, OpArgument index) => Call(Ops.Gather, x, dim, index);

    /// <summary>Some dimensions back to front, a copy.</summary>
    public Slot Flip(OpArgument x, params ReadOnlySpan<long> dims) => Call(Ops.Flip, x, dims.ToArray());

    /// <summary>Elements moved along dimensions, round the end.</summary>
    public Slot Roll(OpArgument x, long[] shifts, long[] dims) => Call(Ops.Roll, x, shifts, dims);

    /// <summary>Itself if its memory is in this order, else a copy that is.</summary>
    public Slot Contiguous(OpArgument x, MemoryFormat format = MemoryFormat.Contiguous) => Call(Ops.Contiguous, x, format);

    /// <summary>A copy; gradients flow through it.</summary>
    public Slot Clone(OpArgument x) => Call(Ops.Clone, x);

    /// <summary>The same memory outside the autograd graph.</summary>
    public Slot Detach(OpArgument x) => Call(Ops.Detach, x);

    /// <summary>Converted to another element type; itself if it has it.</summary>
    public Slot To(OpArgument x, ScalarType type) => Call(Ops.ToType, x, type);

    /// <summary>Cut into equal pieces along a dimension: a list, for Unpack.</summary>
    public Slot Chunk(OpArgument x, long chunks, long dim = 0) => Call(Ops.Chunk, x, chunks, dim);

    /// <summary>Cut into pieces of one size along a dimension: a list, for Unpack.</summary>
    public Slot Split(OpArgument x, long size, long dim = 0) => Call(Ops.Split, x, size, dim);

    /// <summary>Each index of a dimension as a value: a list, for Unpack.</summary>
    public Slot Unbind(OpArgument x, long dim = 0) => Call(Ops.Unbind, x, dim);
}
