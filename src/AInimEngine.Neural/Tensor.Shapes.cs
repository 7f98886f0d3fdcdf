namespace AInimEngine.Neural;

// Shapes, views and conversion.
public sealed unsafe partial class Tensor
{
    /// <summary>The same memory in another shape; -1 is worked out. Refused where strides do not allow it.</summary>
    public Tensor View(params ReadOnlySpan<long> shape) => Ops.View.Call(this, shape.ToArray());

    /// <summary>The same elements in another shape; -1 is worked out; a view where it can be.</summary>
    public Tensor Reshape(params ReadOnlySpan<long> shape) => Ops.Reshape.Call(this, shape.ToArray());

    /// <summary>Dimensions in another order, a view.</summary>
    public Tensor Permute(params ReadOnlySpan<long> dims) => Ops.Permute.Call(this, dims.ToArray());

    /// <summary>Two dimensions exchanged, a view.</summary>
    public Tensor Transpose(long first, long second) => Ops.Transpose.Call(this, first, second);

    /// <summary>Dimensions of size 1 repeated without copying, a view.</summary>
    public Tensor Expand(params ReadOnlySpan<long> shape) => Ops.Expand.Call(this, shape.ToArray());

    /// <summary>Copies laid side by side.</summary>
    public Tensor Repeat(params ReadOnlySpan<long> times) => Ops.Repeat.Call(this, times.ToArray());

    /// <summary>Without a dimension of size 1, a view.</summary>
    public Tensor Squeeze(long dim) => Ops.Squeeze.Call(this, dim);

    /// <summary>With a new dimension of size 1, a view.</summary>
    public Tensor Unsqueeze(long dim) => Ops.Unsqueeze.Call(this, dim);

    /// <summary>Dimensions from start to end as one.</summary>
    public Tensor Flatten(long startDim = 0, long endDim = -1) => Ops.Flatten.Call(this, startDim, endDim);

    /// <summary>One index of a dimension, a view without it.</summary>
    public Tensor Select(long dim, long index) => Ops.Select.Call(this, dim, index);

    /// <summary>A stretch of a dimension, a view.</summary>
    public Tensor Narrow(long dim, long start, long length) => Ops.Narrow.Call(this, dim, start, length);

    /// <summary>From start to end (exclusive) of a dimension, a view.</summary>
    public Tensor Slice(long dim, long? start = null, long? end = null, long step = 1) =>
        Ops.Slice.Call(this, dim, start, end, step);

    /// <summary>Picks indices (int64) of a dimension, a copy.</summary>
    public Tensor IndexSelect(long dim, Tensor index) => Ops.IndexSelect.Call(this, dim, index);

    /// <summary>Picks one element per index along a dimension.</summary>
    public Tensor Gather(long dim, Tensor index) => Ops.Gather.Call(this, dim, index);

    /// <summary>Some dimensions back to front, a copy.</summary>
    public Tensor Flip(params ReadOnlySpan<long> dims) => Ops.Flip.Call(this, dims.ToArray());

    /// <summary>Elements moved along dimensions, round the end.</summary>
    public Tensor Roll(long[] shifts, long[] dims) => Ops.Roll.Call(this, shifts, dims);

    /// <summary>Itself if its memory is in this order, else a copy that is.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => Ops.Contiguous.Call(this, format);

    /// <summary>A copy; gradients flow through it.</summary>
    public Tensor Clone() => Ops.Clone.Call(this);

    /// <summary>The same memory outside the autograd graph.</summary>
    public Tensor Detach() => Ops.Detach.Call(this);

    /// <summary>Converted to another element type; itself if it has it.</summary>
    public Tensor To(ScalarType type) => Ops.ToType.Call(this, type);

    /// <summary>Moved to a device and converted.</summary>
    public Tensor To(Device device, ScalarType type) => Ops.ToDevice.Call(this, device, type);

    /// <summary>Cut into equal pieces along a dimension, views.</summary>
    public Tensor[] Chunk(long chunks, long dim = 0) => Ops.Chunk.CallAll(this, chunks, dim);

    /// <summary>Cut into pieces of one size along a dimension, views.</summary>
    public Tensor[] Split(long size, long dim = 0) => Ops.Split.CallAll(this, size, dim);

    /// <summary>Each index of a dimension as a tensor, views.</summary>
    public Tensor[] Unbind(long dim = 0) => Ops.Unbind.CallAll(this, dim);
}
