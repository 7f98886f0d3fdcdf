namespace AInimEngine.Neural.Programs;

// Products and reductions.
public sealed unsafe partial class OpProgramBuilder
{
    /// <summary>Matrix product: [.., N, K] by [.., K, M] gives [.., N, M].</summary>
    public Slot Matmul(OpArgument x, OpArgument other) => Call(Ops.Matmul, x, other);

    /// <summary>Matrix product of [N, K] and [K, M].</summary>
    public Slot Mm(OpArgument x, OpArgument other) => Call(Ops.Mm, x, other);

    /// <summary>Matrix products of [B, N, K] and [B, K, M].</summary>
    public Slot Bmm(OpArgument x, OpArgument other) => Call(Ops.Bmm, x, other);

    /// <summary>beta * x + alpha * left * right; x is broadcast to [N, M], so a bias [M] serves.</summary>
    public Slot Addmm(OpArgument x, OpArgument left, OpArgument right, double beta = 1, double alpha = 1) =>
        Call(Ops.Addmm, x, left, right, beta, alpha);

    /// <summary>x * weight transposed + bias: [.., K] by [M, K] gives [.., M].</summary>
    public Slot Linear(OpArgument x, OpArgument weight, OpArgument bias = default) => Call(Ops.Linear, x, weight, bias);

    /// <summary>Products of all pairs: [N] and [M] give [N, M].</summary>
    public Slot Outer(OpArgument x, OpArgument other) => Call(Ops.Outer, x, other);

    /// <summary>A matrix transposed, a view.</summary>
    public Slot T(OpArgument x) => Call(Ops.T, x);

    /// <summary>Sum of all elements.</summary>
    public Slot Sum(OpArgument x) => Call(Ops.Sum, x);

    /// <summary>Sum over some dimensions.</summary>
    public Slot Sum(OpArgument x, long[] dims, bool keepdim = false) => Call(Ops.SumOver, x, dims, keepdim);

    /// <summary>Mean of all elements.</summary>
    public Slot Mean(OpArgument x) => Call(Ops.Mean, x);

    /// <summary>Mean over some dimensions.</summary>
    public Slot Mean(OpArgument x, long[] dims, bool keepdim = false) => Call(Ops.MeanOver, x, dims, keepdim);

    /// <summary>Variance over some dimensions; unbiased divides by n - 1.</summary>
    public Slot Var(OpArgument x, long[] dims, bool unbiased = true, bool keepdim = false) =>
        Call(Ops.Var, x, dims, unbiased, keepdim);

    /// <summary>Largest element.</summary>
    public Slot Max(OpArgument x) => Call(Ops.Max, x);

    /// <summary>Smallest element.</summary>
    public Slot Min(OpArgument x) => Call(Ops.Min, x);

    /// <summary>Largest over some dimensions.</summary>
    public Slot Amax(OpArgument x, long[] dims, bool keepdim = false) => Call(Ops.Amax, x, dims, keepdim);

    /// <summary>Smallest over some dimensions.</summary>
    public Slot Amin(OpArgument x, long[] dims, bool keepdim = false) => Call(Ops.Amin, x, dims, keepdim);

    /// <summary>Index of the largest.</summary>
    public Slot Argmax(OpArgument x, long? dim = null, bool keepdim = false) => Call(Ops.Argmax, x, dim, keepdim);

    /// <summary>Running sum along a dimension.</summary>
    public Slot Cumsum(OpArgument x, long dim) => Call(Ops.Cumsum, x, dim);

    /// <summary>Euclidean length of all elements.</summary>
    public Slot Norm(OpArgument x) => Call(Ops.Norm, x);

    /// <summary>exp(x) over its sum along a dimension.</summary>
    public Slot Softmax(OpArgument x, long dim) => Call(Ops.Softmax, x, dim);

    /// <summary>Logarithm of the softmax along a dimension.</summary>
    public Slot LogSoftmax(OpArgument x, long dim) => Call(Ops.LogSoftmax, x, dim);
}
