using System.Reflection;

namespace AInimEngine.Neural.Tests;

public sealed class OpTests : NativeTensorTest
{
    private readonly TensorScope _scope = new();

    protected override void Release() => _scope.Dispose();

    private static void Near(IEnumerable<double> expected, Tensor actual, double tolerance = 1e-6)
    {
        double[] values = actual.To(ScalarType.Float64).ToArray<double>();
        double[] wanted = expected.ToArray();
        Assert.Equal(wanted.Length, values.Length);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - values[i]) <= tolerance * (1 + Math.Abs(wanted[i])), $"[{i}]: {values[i]}, expected {wanted[i]}");
    }

    [Fact]
    public void EveryTypedOpExistsInThisLibtorch()
    {
        Type ops = typeof(Tensor).Assembly.GetType("AInimEngine.Neural.Ops", true)!;
        FieldInfo[] fields = ops.GetFields(BindingFlags.Static | BindingFlags.NonPublic);
        Assert.NotEmpty(fields);
        foreach (FieldInfo field in fields)
        {
            var op = (TorchOp)field.GetValue(null)!;
            Assert.StartsWith(op.ToString(), op.Schema);
        }
    }

    [Fact]
    public void PointwiseOpsAreTheFunctionsTheyAreNamedAfter()
    {
        double[] x = [-2.3, -0.5, 0.25, 0.75, 1.5, 3];
        var functions = new (Func<Tensor, Tensor> Op, Func<double, double> Truth)[]
        {
            (t => t.Sin(), Math.Sin), (t => t.Cos(), Math.Cos), (t => t.Tanh(), Math.Tanh), (t => t.Exp(), Math.Exp),
            (t => t.Abs().Log(), v => Math.Log(Math.Abs(v))), (t => t.Abs().Sqrt(), v => Math.Sqrt(Math.Abs(v))),
            (t => t.Abs().Rsqrt(), v => 1 / Math.Sqrt(Math.Abs(v))), (t => t.Abs(), Math.Abs), (t => t.Neg(), v => -v),
            (t => t.Square(), v => v * v), (t => t.Floor(), Math.Floor), (t => t.Round(), Math.Round),
            (t => t.Frac(), v => v - Math.Truncate(v)), (t => t.Sign(), v => Math.Sign(v)), (t => t.Reciprocal(), v => 1 / v),
            (t => t.Sigmoid(), v => 1 / (1 + Math.Exp(-v))), (t => t.Silu(), v => v / (1 + Math.Exp(-v))),
            (t => t.Relu(), v => Math.Max(v, 0)), (t => t.Softplus(), v => Math.Log(1 + Math.Exp(v))), (t => t.Atan(), Math.Atan),
            (t => t.LeakyRelu(0.2), v => v < 0 ? 0.2 * v : v), (t => t.Clamp(-1, 1), v => Math.Clamp(v, -1, 1)),
            (t => t.Clamp(null, 1), v => Math.Min(v, 1)), (t => t.Add(2), v => v + 2), (t => t.Sub(2), v => v - 2),
            (t => t.Mul(3), v => v * 3), (t => t.Div(4), v => v / 4), (t => t.Pow(3), v => v * v * v),
            (t => t.Remainder(1), v => v - Math.Floor(v)), (t => t.Add(t), v => 2 * v), (t => t.Sub(t.Square()), v => v - v * v),
            (t => t.Mul(t), v => v * v), (t => t.Div(t.Square()), v => 1 / v), (t => t.Atan2(t.Abs()), v => Math.Atan2(v, Math.Abs(v))),
            (t => t.Maximum(t.Neg()), Math.Abs), (t => t.Minimum(t.Neg()), v => -Math.Abs(v)),
            (t => t.Lerp(t.Square(), 0.25), v => v + 0.25 * (v * v - v)), (t => t.Addcmul(t, t), v => v + v * v),
            (t => t.Where(t.Gt(0), t.Mul(10)), v => v > 0 ? v : 10 * v), (t => t.Lt(0), v => v < 0 ? 1 : 0),
        };
        Tensor input = Tensor.From(x);
        for (int i = 0; i < functions.Length; i++)
            Near(x.Select(functions[i].Truth), functions[i].Op(input), 1e-12);
    }

    [Fact]
    public void InPlaceOpsChangeTheirTensorAndReturnIt()
    {
        Tensor x = Tensor.From<float>([1, 4, 9]);
        Assert.Same(x, x.Sqrt_());
        Near([1, 2, 3], x);
        x.Add_(1).Mul_(Tensor.From<float>([2, 3, 4])).Lerp_(Torch.Zeros([3]), 0.5).Sub_(1).Div_(2).Neg_().Abs_();
        Near([0.5, 1.75, 3.5], x);
        x.Copy_(Tensor.From<int>([7, 8, 9]));
        Near([7, 8, 9], x);
        x.Narrow(0, 1, 2).Zero_();
        Near([7, 0, 0], x);
    }

    [Fact]
    public void MatrixProductsEqualTheirSums()
    {
        double[] a = Random(6 * 7, 1), b = Random(7 * 5, 2), bias = Random(5, 3);
        var product = new double[6 * 5];
        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 5; j++)
                for (int k = 0; k < 7; k++)
                    product[i * 5 + j] += a[i * 7 + k] * b[k * 5 + j];
        Tensor left = Tensor.From(a, 6, 7), right = Tensor.From(b, 7, 5), shift = Tensor.From(bias);
        Near(product, left.Matmul(right), 1e-12);
        Near(product, left.Mm(right), 1e-12);
        Near(product, left.Unsqueeze(0).Bmm(right.Unsqueeze(0)), 1e-12);
        Near(product, Torch.Einsum("nk,km->nm", left, right), 1e-12);
        Near(product.Select((v, i) => v + bias[i % 5]), shift.Addmm(left, right), 1e-12);
        Near(product.Select((v, i) => v + bias[i % 5]), left.Linear(right.T(), shift), 1e-12);
        Near(product, left.Linear(right.T()), 1e-12);
        Near(product.Select((v, i) => 2 * bias[i % 5] - v), shift.Addmm(left, right, 2, -1), 1e-12);
        Near(from x in bias from y in bias select x * y, shift.Outer(shift), 1e-12);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 0, 1, 1)]
    [InlineData(1, 2, 2, 1)]
    [InlineData(1, 1, 1, 2)]
    public void Conv2dEqualsItsDefinition(int stride, int padding, int dilation, int groups)
    {
        const int Channels = 4, Out = 6, Size = 9, Kernel = 3;
        double[] x = Random(Channels * Size * Size, 1), w = Random(Out * Channels / groups * Kernel * Kernel, 2), bias = Random(Out, 3);
        int size = (Size + 2 * padding - dilation * (Kernel - 1) - 1) / stride + 1, perGroup = Channels / groups;
        var expected = new List<double>();
        for (int o = 0; o < Out; o++)
            for (int r = 0; r < size; r++)
                for (int c = 0; c < size; c++)
                {
                    double sum = bias[o];
                    for (int i = 0; i < perGroup; i++)
                        for (int u = 0; u < Kernel; u++)
                            for (int v = 0; v < Kernel; v++)
                            {
                                int row = r * stride - padding + u * dilation, column = c * stride - padding + v * dilation;
                                if (row < 0 || row >= Size || column < 0 || column >= Size)
                                    continue;
                                int channel = o / (Out / groups) * perGroup + i;
                                sum += x[(channel * Size + row) * Size + column] * w[((o * perGroup + i) * Kernel + u) * Kernel + v];
                            }
                    expected.Add(sum);
                }
        Tensor input = Tensor.From(x, 1, Channels, Size, Size).To(ScalarType.Float32);
        Tensor weight = Tensor.From(w, Out, perGroup, Kernel, Kernel).To(ScalarType.Float32);
        Tensor shift = Tensor.From(bias).To(ScalarType.Float32);
        Tensor plain = input.Conv2d(weight, shift, stride, padding, dilation, groups);
        Near(expected, plain, 1e-5);
        Tensor last = input.Contiguous(MemoryFormat.ChannelsLast)
            .Conv2d(weight.Contiguous(MemoryFormat.ChannelsLast), shift, stride, padding, dilation, groups);
        Near(expected, last, 1e-5);
    }

    [Fact]
    public void ReductionsRunOverTheDimensionsNamed()
    {
        Tensor x = Torch.Arange(0, 24).View(2, 3, 4);
        Assert.Equal(276, x.Sum().Item());
        Assert.Equal(11.5, x.Mean().Item());
        Near([66, 210], x.Sum([1, 2]));
        Assert.Equal([2, 1, 1], x.Sum([1, 2], keepdim: true).Shape);
        Near([10, 11, 12, 13], x.Mean([0, 1]));
        Near([1.25, 1.25, 1.25, 1.25, 1.25, 1.25], x.Var([2], unbiased: false));
        Assert.Equal(23, x.Max().Item());
        Assert.Equal(0, x.Min().Item());
        Near([3, 7, 11, 15, 19, 23], x.Amax([2]));
        Near([0, 4, 8, 12, 16, 20], x.Amin([2]));
        Assert.Equal(23, x.Argmax().Item());
        Near([0, 1, 3, 6], Torch.Arange(0, 4).Cumsum(0));
        Assert.Equal(5, Tensor.From<float>([3, 4]).Norm().Item());
        Near([0.25, 0.75], Tensor.From([0.0, Math.Log(3)]).Softmax(0));
        Near([Math.Log(0.25), Math.Log(0.75)], Tensor.From([0.0, Math.Log(3)]).LogSoftmax(0));
    }

    [Fact]
    public void ShapesChangeWithoutTouchingElements()
    {
        Tensor x = Torch.Arange(0, 6).View(2, 3);
        Near([0, 3, 1, 4, 2, 5], x.Permute(1, 0));
        Near([0, 3, 1, 4, 2, 5], x.Transpose(0, 1).Reshape(-1));
        Near([1, 4], x.Select(1, 1));
        Near([1, 2, 4, 5], x.Narrow(1, 1, 2));
        Near([0, 2, 3, 5], x.Slice(1, null, null, 2));
        Near([1, 2, 4, 5], x.Slice(1, 1));
        Near([2, 1, 0, 5, 4, 3], x.Flip(1));
        Near([2, 0, 1, 5, 3, 4], x.Roll([1], [1]));
        Near([3, 4, 5, 0, 1, 2], x.IndexSelect(0, Tensor.From<long>([1, 0])));
        Near([2, 3], x.Gather(1, Tensor.From<long>([2, 0], 2, 1)));
        Assert.Equal([4, 2, 3], x.Unsqueeze(0).Expand(4, -1, -1).Shape);
        Assert.Equal([4, 3], x.Repeat(2, 1).Shape);
        Assert.Equal([6], x.Flatten().Shape);
        Assert.Equal([2, 3], x.Unsqueeze(1).Squeeze(1).Shape);
        Near([0, 1, 2, 3, 4, 5], Torch.Cat(x.Chunk(2)));
        Near([0, 3, 1, 4, 2, 5], Torch.Stack(x.Unbind(0), 1));
        Assert.Equal([2L, 1L], x.Split(2, 1).Select(piece => piece.Size(1)));
        Assert.Equal(3, x.Size(-1));
        Assert.True(Torch.Equal(x, x.Clone()));
        Assert.False(Torch.Equal(x, x.Add(1)));
    }

    [Fact]
    public void ImagesAreScaledPaddedAndSampled()
    {
        Tensor x = Tensor.From<float>([0, 1, 2, 3], 1, 1, 2, 2);
        Near([0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3], x.UpsampleNearest2d([4, 4]));
        Near([0, 0.25, 0.75, 1, 0.5, 0.75, 1.25, 1.5, 1.5, 1.75, 2.25, 2.5, 2, 2.25, 2.75, 3], x.UpsampleBilinear2d([4, 4]));
        Near([1.5], x.AvgPool2d(2));
        Near([3], x.MaxPool2d(2));
        Near([1.5], x.AdaptiveAvgPool2d([1, 1]));
        Near([9, 9, 0, 1, 9, 9, 2, 3], x.Pad([2, 0, 0, 0], 9));
        Near([1, 0, 1, 3, 2, 3], x.ReflectionPad2d([1, 0, 0, 0]));
        Near([0, 0, 1, 2, 2, 3], x.ReplicationPad2d([1, 0, 0, 0]));
        Near([0, 1, 2, 3], Torch.Arange(0, 4).View(1, 4, 1, 1).PixelShuffle(2));
        Tensor grid = Tensor.From<float>([-1, -1, 1, 1, 0, 0], 1, 1, 3, 2);
        Near([0, 3, 1.5], x.GridSampler2d(grid, 0, 0, alignCorners: true));
        Near([-1, 1, -1, 1, -1, 1], Tensor.From([1f, 3f, 2f, 6f, -1f, 9f], 3, 2).LayerNorm([2], eps: 0), 1e-5);
        Tensor batch = Tensor.From([1f, 10f, 3f, 30f], 2, 2);
        Near([-1, -1, 1, 1], batch.BatchNorm(null, null, null, null, true, 0.1, 0), 1e-5);
        Near([0.5, 5, 1.5, 15], batch.BatchNorm(null, null, Torch.Zeros([2]), Torch.Full([2], 4), false, 0.1, 0), 1e-5);
        Near([12.5], Tensor.From([0f, 5f]).MseLoss(Torch.Zeros([2])));
        Near([Math.Log(2)], Torch.Zeros([1, 2]).CrossEntropyLoss(Tensor.From<long>([1])));
        Near([1f / (1 + MathF.Exp(-2))], Tensor.From([1f, 2f]).Glu(0));
        Near([0, 1], Tensor.From([0f, 1f]).Dropout(0.9, false));
    }

    [Fact]
    public void TensorsAreMadeAsTheyAreNamed()
    {
        Near([0, 0, 0, 0], Torch.Zeros([2, 2]));
        Near([1, 1], Torch.Ones([2], ScalarType.Int64));
        Near([2.5, 2.5], Torch.Full([2], 2.5, ScalarType.Float64));
        Near([1, 3, 5], Torch.Arange(1, 7, 2));
        Near([0, 0.25, 0.5, 0.75, 1], Torch.Linspace(0, 1, 5));
        Near([1, 0, 0, 1], Torch.Eye(2));
        Assert.Equal([3, 5], Torch.Empty([3, 5], ScalarType.BFloat16).Shape);
        Assert.Equal(ScalarType.BFloat16, Torch.Empty([3, 5], ScalarType.BFloat16).Dtype);
        Assert.Equal(Device.Cpu, Torch.Empty([1]).Device);
    }

    [Fact]
    public void AnyOpIsCalledByName()
    {
        Tensor x = Tensor.From<float>([1, 0, 0, 0]);
        Tensor spectrum = Torch.Call("aten::fft_rfft", x);
        Assert.Equal(ScalarType.Complex64, spectrum.Dtype);
        Near([1, 1, 1], Torch.Call("aten::real", spectrum));
        Tensor[] sorted = TorchOp.Parse("aten::sort").CallAll(Tensor.From<float>([3, 1, 2]), OpArgument.Default, true);
        Near([3, 2, 1], sorted[0]);
        Near([0, 2, 1], sorted[1]);
        // A list of optional tensors: x[:, [1, 0]].
        Tensor columns = Torch.Call("aten::index.Tensor", Torch.Arange(0, 4).View(2, 2), new Tensor?[] { null, Tensor.From<long>([1, 0]) });
        Near([1, 0, 3, 2], columns);
        // One number for a list of fixed length, floats for a float list, a bool list, a string.
        Near([0, 0, 1, 1], Torch.Call("aten::upsample_nearest2d.vec", Tensor.From<float>([0, 1], 1, 1, 1, 2), OpArgument.None, new[] { 1.0, 2.0 }));
        Near([5], Torch.Call("aten::bucketize.Scalar", 4.5, Torch.Arange(0, 10)));
        Near([1, 2], Torch.Call("aten::div.Tensor_mode", Tensor.From<float>([3, 5]), Tensor.From<float>([2, 2]), "floor"));
        Assert.Equal(2, new TorchOp("aten::size", "int").CallNumber(Torch.Zeros([2, 3]), 0));
    }

    [Fact]
    public void PrecisionOfTheFieldIsKeptWhereMoreThanOneThreadWorks()
    {
        Tensor x = Torch.Linspace(-10, 10, 1 << 20);
        float[] input = x.ToArray<float>(), sines = x.Sin().ToArray<float>();
        for (int i = 0; i < input.Length; i++)
            Assert.True(Math.Abs(Math.Sin(input[i]) - sines[i]) < 2e-7, $"sin({input[i]}) = {sines[i]}");
    }

    private static double[] Random(int count, ulong seed)
    {
        using var generator = new Generator(seed);
        using Tensor values = Torch.Randn([count], generator, ScalarType.Float64);
        return values.ToArray<double>();
    }
}
