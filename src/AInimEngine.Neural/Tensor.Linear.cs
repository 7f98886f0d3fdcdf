namespace AInimEngine.Neural;

// Products and reductions.
public sealed unsafe partial class Tensor
{
    /// <summary>Matrix product: [.., N, K] by [.., K, M] gives [.., N, M].</summary>
    public Tensor Matmul(Tensor other) => Ops.Matmul.Call(this, other);

    /// <summary>Matrix product of [N, K] and [K, M].</summary>
    public Tensor Mm(Tensor other) => Ops.Mm.Call(this, other);

    /// <summary>Matrix products of [B, N, K] and [B, K, M].</summary>
    public Tensor Bmm(Tensor other) => Ops.Bmm.Call(this, other);

    /// <summary>beta * this + alpha * left * right; this is broadcast to [N, M], so a bias [M] serves.</summary>
    public Tensor Addmm(Tensor left, Tensor right, double beta = 1, double alpha = 1) =>
        Ops.Addmm.Call(this, left, right, beta, alpha);

    /// <summary>x * weight transposed + bias: [.., K] by [M, K] gives [.., M].</summary>
    public Tensor Linear(Tensor weight, Tensor? bias = null) => Ops.Linear.Call(this, weight, bias);

    /// <summary>Products of all pairs: [N] and [M] give [N, M].</summary>
    public Tensor Outer(Tensor other) => Ops.Outer.Call(this, other);

    /// <summary>A matrix transposed, a view.</summary>
    public Tensor T() => Ops.T.Call(this);

    /// <summary>Sum of all elements.</summary>
    public Tensor Sum() => Ops.Sum.Call(this);

    /// <summary>Sum over some dimensions.</summary>
    public Tensor Sum(long[] dims, bool keepdim = false) => Ops.SumOver.Call(this, dims, keepdim);

    /// <summary>Mean of all elements.</summary>
    public Tensor Mean() => Ops.Mean.Call(this);

    /// <summary>Mean over some dimensions.</summary>
    public Tensor Mean(long[] dims, bool keepdim = false) => Ops.MeanOver.Call(this, dims, keepdim);

    /// <summary>Variance over some dimensions; unbiased divides by n - 1.</summary>
    public Tensor Var(long[] dims, bool unbiased = true, bool keepdim = false) =>
        Ops.Var.Call(this, dims, unbiased, keepdim);

    /// <summary>Largest element.</summary>
    public Tensor Max() => Ops.Max.Call(this);

    /// <summary>Smallest element.</summary>
    public Tensor Min() => Ops.Min.Call(this);

    /// <summary>Largest over some dimensions.</summary>
    public Tensor Amax(long[] dims, bool keepdim = false) => Ops.Amax.Call(this, dims, keepdim);

    /// <summary>Smallest over some dimensions.</summary>
    public Tensor Amin(long[] dims, bool keepdim = false) => Ops.Amin.Call(this, dims, keepdim);

    /// <summary>Index of the largest.</summary>
    public Tensor Argmax(long? dim = null, bool keepdim = false) => Ops.Argmax.Call(this, dim, keepdim);

    /// <summary>Running sum along a dimension.</summary>
    public Tensor Cumsum(long dim) => Ops.Cumsum.Call(this, dim);

    /// <summary>Euclidean length of all elements.</summary>
    public Tensor Norm() => Ops.Norm.Call(this);

    /// <summary>exp(x) over its sum along a dimension.</summary>
    public Tensor Softmax(long dim) => Ops.Softmax.Call(this, dim);

    /// <summary>Logarithm of the softmax along a dimension.</summary>
    public Tensor LogSoftmax(long dim) => Ops.LogSoftmax.Call(this, dim);
}
