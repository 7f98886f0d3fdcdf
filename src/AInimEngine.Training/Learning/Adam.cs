using AInimEngine.Neural;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Learning;

/// <summary>
/// Adam (Kingma and Ba 2015) with beta1 = 0, as generators and discriminators are trained: the mean of the gradients is
/// the gradient, so only the mean of their squares is kept. Owns those; not the arrays that it moves.
/// </summary>
internal sealed class Adam : IDisposable
{
    private static readonly TorchOp s_scale = new("aten::_foreach_mul_", "Scalar");
    private static readonly TorchOp s_addProducts = new("aten::_foreach_addcmul_", "Scalar");
    private static readonly TorchOp s_addQuotients = new("aten::_foreach_addcdiv_", "Scalar");
    private static readonly TorchOp s_divide = new("aten::_foreach_div_", "Scalar");
    private static readonly TorchOp s_add = new("aten::_foreach_add_", "Scalar");
    private static readonly TorchOp s_root = new("aten::_foreach_sqrt");
    private const double Epsilon = 1e-8;

    private readonly string[] _names;
    private readonly Tensor[] _arrays;
    private readonly Tensor[] _squares;
    private readonly double _beta;

    /// <summary>Begins with squares of 0.</summary>
    /// <param name="arrays">What learns, by name.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="beta">How much of the mean of squares is kept in a step.</param>
    public Adam(IEnumerable<KeyValuePair<string, Tensor>> arrays, double rate, double beta)
    {
        KeyValuePair<string, Tensor>[] sorted = [.. arrays.OrderBy(array => array.Key, StringComparer.Ordinal)];
        _names = [.. sorted.Select(array => array.Key)];
        _arrays = [.. sorted.Select(array => array.Value)];
        _squares = [.. _arrays.Select(array => Torch.Zeros(array.Shape, device: array.Device).DetachFromScope())];
        (Rate, _beta) = (rate, beta);
    }

    /// <summary>Learning rate of the next step.</summary>
    public double Rate { get; set; }

    /// <summary>What learns, in the order in which <see cref="Step"/> takes gradients.</summary>
    public Tensor[] Arrays => _arrays;

    /// <summary>Names of <see cref="Arrays"/>.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Moves the arrays against their gradients.</summary>
    /// <param name="gradients">Of <see cref="Arrays"/>.</param>
    /// <param name="number">How many steps were made before.</param>
    public void Step(Tensor[] gradients, long number)
    {
        if (_arrays.Length == 0)
            return;
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        s_scale.Run(_squares, _beta);
        s_addProducts.Run(_squares, gradients, gradients, 1 - _beta);
        Tensor[] roots = s_root.CallAll((OpArgument)_squares);
        s_divide.Run(roots, Math.Sqrt(1 - Math.Pow(_beta, number + 1)));
        s_add.Run(roots, Epsilon);
        s_addQuotients.Run(_arrays, gradients, roots, -Rate);
    }

    /// <summary>Adds the squares to a checkpoint.</summary>
    public void Save(string prefix, IDictionary<string, WeightArray> target) => StateArrays.Save(prefix, _names, _squares, target);

    /// <summary>Takes the squares from a checkpoint.</summary>
    public void Restore(string prefix, IReadOnlyDictionary<string, WeightArray> source) => StateArrays.Restore(prefix, _names, _squares, source);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor square in _squares)
            square.Dispose();
    }
}
