namespace AInimEngine.Neural.Tests;

public sealed class GradientTests : NativeTensorTest
{
    private const double Step = 1e-6;
    private readonly TensorScope _scope = new();

    protected override void Release() => _scope.Dispose();

    private static Tensor Random(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed);
        return Torch.Randn(shape, generator, ScalarType.Float64);
    }

    /// <summary>Compares the gradient by x of a weighted sum of the function's values with central differences.</summary>
    private static void MatchesFiniteDifferences(Func<Tensor, Tensor> function, params long[] shape)
    {
        Tensor x = Random(1, shape).RequiresGrad_();
        Tensor y = function(x);
        Tensor weights = Random(2, y.Shape);
        y.Mul(weights).Sum().Backward();
        double[] gradient = x.Grad!.ToArray<double>(), values = x.Detach().ToArray<double>();
        for (int i = 0; i < values.Length; i++)
        {
            double At(double value)
            {
                var moved = (double[])values.Clone();
                moved[i] = value;
                return function(Tensor.From(moved, shape)).Mul(weights).Sum().Item();
            }
            double expected = (At(values[i] + Step) - At(values[i] - Step)) / (2 * Step);
            Assert.Equal(expected, gradient[i], 1e-6 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void GradientsEqualFiniteDifferences()
    {
        Tensor matrix = Random(3, 4, 5), kernel = Random(4, 3, 2, 3, 3), bias = Random(5, 3);
        MatchesFiniteDifferences(x => x.Sin(), 6);
        MatchesFiniteDifferences(x => x.Tanh().Mul(x.Sigmoid()), 6);
        MatchesFiniteDifferences(x => x.Exp().Add(1).Log(), 6);
        MatchesFiniteDifferences(x => x.LeakyRelu(0.2), 6);
        MatchesFiniteDifferences(x => x.Matmul(matrix), 3, 4);
        MatchesFiniteDifferences(x => x.Sum([0], keepdim: true).Div(x.Square().Add(1)), 3, 4);
        MatchesFiniteDifferences(x => x.Softmax(1), 3, 4);
        MatchesFiniteDifferences(x => x.Conv2d(kernel, bias, padding: 1), 1, 2, 4, 4);
        MatchesFiniteDifferences(x => Random(6, 1, 2, 4, 4).Conv2d(x, padding: 1), 3, 2, 3, 3);
        MatchesFiniteDifferences(x => x.UpsampleBilinear2d([5, 7]), 1, 1, 3, 4);
        MatchesFiniteDifferences(x => Torch.Cat([x, x.Flip(0)], 1).Narrow(1, 1, 4).Permute(1, 0), 3, 3);
        MatchesFiniteDifferences(x => x.LayerNorm([4]), 2, 4);
        MatchesFiniteDifferences(x => x.Var([1]), 2, 4);
    }

    [Fact]
    public void GradientsOfGradientsAreThere()
    {
        // d/dx of |d(x^3)/dx|^2 = d/dx of 9 x^4 = 36 x^3: the shape of an R1 penalty.
        Tensor x = Tensor.From([1.0, -2.0, 0.5]).RequiresGrad_();
        Tensor first = Torch.Grad([x.Pow(3).Sum()], [x], createGraph: true)[0]!;
        Assert.Equal([3.0, 12.0, 0.75], first.Detach().ToArray<double>());
        first.Square().Sum().Backward();
        Assert.Equal([36.0, -288.0, 4.5], x.Grad!.ToArray<double>());
    }

    [Fact]
    public void GradGivesValuesWithoutAddingThemUp()
    {
        Tensor x = Tensor.From([2.0]).RequiresGrad_(), unused = Tensor.From([1.0]).RequiresGrad_();
        Tensor y = x.Square();
        Tensor?[] grads = Torch.Grad([y], [x, unused], [Tensor.From([10.0])], retainGraph: true, allowUnused: true);
        Assert.Equal(40, grads[0]!.Item());
        Assert.Null(grads[1]);
        Assert.Null(x.Grad);
        Assert.Throws<TorchException>(() => Torch.Grad([y], [unused]));
    }

    [Fact]
    public void BackwardAddsUpUntilTheGradientIsReset()
    {
        Tensor x = Tensor.From([3.0]).RequiresGrad_();
        Assert.True(x.IsLeaf);
        x.Square().Backward();
        x.Square().Backward();
        Assert.Equal(12, x.Grad!.Item());
        x.Grad = Tensor.From([1.0]);
        x.Square().Backward(Tensor.From([2.0]));
        Assert.Equal(13, x.Grad!.Item());
        x.Grad = null;
        Assert.Null(x.Grad);
        Tensor y = x.Square();
        Assert.False(y.IsLeaf);
        y.Backward(retainGraph: true);
        y.Backward();
        Assert.Contains("second time", Assert.Throws<TorchException>(() => y.Backward()).Message);
    }

    [Fact]
    public void GradModeIsTheThreadsAndComesBack()
    {
        Tensor x = Tensor.From([1.0]).RequiresGrad_();
        Assert.True(Torch.IsGradEnabled);
        using (Torch.NoGrad())
        {
            Assert.False(Torch.IsGradEnabled);
            Assert.False(x.Sin().RequiresGrad);
            using (Torch.EnableGrad())
                Assert.True(x.Sin().RequiresGrad);
            Assert.False(Torch.IsGradEnabled);
        }
        Assert.True(x.Sin().RequiresGrad);
        Assert.False(x.Sin().Detach().RequiresGrad);
    }

    [Fact]
    public void WhatInferenceModeMakesStaysOutOfGraphs()
    {
        Tensor x = Tensor.From([1.0]).RequiresGrad_(), made;
        using (Torch.InferenceMode())
            made = x.Sin();
        Assert.False(made.RequiresGrad);
        Assert.Equal(Math.Sin(1), made.Item());
        Assert.Throws<TorchException>(() => x.Mul(made).Sum().Backward());
        Assert.True(x.Sin().RequiresGrad);
    }

    [Fact]
    public void ASmallNetworkLearnsTheExclusiveOr()
    {
        using var generator = new Generator(5);
        Tensor input = Tensor.From<float>([0, 0, 0, 1, 1, 0, 1, 1], 4, 2), target = Tensor.From<float>([0, 1, 1, 0], 4, 1);
        Tensor w1 = Torch.Randn([8, 2], generator).RequiresGrad_(), b1 = Torch.Zeros([8]).RequiresGrad_();
        Tensor w2 = Torch.Randn([1, 8], generator).RequiresGrad_(), b2 = Torch.Zeros([1]).RequiresGrad_();
        double loss = double.MaxValue;
        for (int step = 0; step < 500; step++)
        {
            using var scope = new TensorScope();
            Tensor error = input.Linear(w1, b1).Tanh().Linear(w2, b2).MseLoss(target);
            error.Backward();
            loss = error.Item();
            using GradMode noGrad = Torch.NoGrad();
            foreach (Tensor parameter in new[] { w1, b1, w2, b2 })
            {
                parameter.Sub_(parameter.Grad!.Mul(0.3));
                parameter.Grad = null;
            }
        }
        Assert.InRange(loss, 0, 1e-3);
    }
}
