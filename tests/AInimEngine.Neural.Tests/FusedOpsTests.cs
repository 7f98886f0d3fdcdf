namespace AInimEngine.Neural.Tests;

/// <summary>Our own training ops beside what they mean in libtorch's, in every instruction set that this processor has.</summary>
public sealed class FusedOpsTests : NativeTensorTest
{
    private const int BestLevel = 3;
    private readonly TensorScope _scope = new();

    public static TheoryData<ConvolutionForm, int, double> Forms => new(
        from form in Enum.GetValues<ConvolutionForm>()
        from level in Enumerable.Range(0, BestLevel + 1)
        from slope in (double[])[1, 0.2]
        select (form, level, slope));

    protected override void Release()
    {
        _scope.Dispose();
        SetLevel(BestLevel);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void AConvolutionItsGradientsAndTheirGradientsAreThoseOfThePlainOps(ConvolutionForm form, int level, double slope)
    {
        SetLevel(level);
        Tensor x = Random(1, 3, 5, 8, 12), weight = Random(2, 35, 5, 3, 3), bias = Random(3, 35);
        double gain = slope == 1 ? 1 : 1.5;
        Near(
            Everything((a, w, b) => Plain(a, w, b, form, 0.3, slope, gain), x, weight, bias),
            Everything((a, w, b) => FusedOps.Convolve(a, w, b, form, 0.3, slope, gain), x, weight, bias));
    }

    [Fact]
    public void AConvolutionOfSinglePixelsIsThePlainOne()
    {
        Tensor x = Random(1, 2, 3, 6, 4), weight = Random(2, 32, 3, 1, 1), bias = Random(3, 32);
        Near(
            Everything((a, w, b) => Plain(a, w, b, ConvolutionForm.Zeros, 0.3, 0.2, 1.5), x, weight, bias),
            Everything((a, w, b) => FusedOps.Convolve(a, w, b, ConvolutionForm.Zeros, 0.3, 0.2, 1.5), x, weight, bias));
    }

    [Theory]
    [InlineData(ConvolutionForm.Replicated, 8)]
    [InlineData(ConvolutionForm.Doubled, 16)]
    public void AConstantPictureWithRepeatedEdgesStaysConstant(ConvolutionForm form, long size)
    {
        Tensor weight = Random(2, 4, 16, 3, 3);
        Tensor y = FusedOps.Convolve(Torch.Full([1, 16, 8, 8], 0.5), weight, null, form);
        Assert.Equal([1, 4, size, size], y.Shape);
        Tensor expected = weight.Sum([1, 2, 3]).Mul(0.5).View(1, 4, 1, 1).Expand(1, 4, size, size);
        Assert.InRange(y.Sub(expected).Abs().Max().Item(), 0, 1e-5);
    }

    [Fact]
    public void TheWeightsGradientOfOnesCountsThePixelsThatATapMeets()
    {
        Tensor weight = Torch.Zeros([1, 1, 3, 3]).RequiresGrad_();
        Tensor y = FusedOps.Convolve(Torch.Ones([2, 1, 6, 4]), weight);
        Tensor gradient = Torch.Grad([y.Sum()], [weight])[0]!;
        Assert.Equal<float>([30, 40, 30, 36, 48, 36, 30, 40, 30], gradient.ToArray<float>());
    }

    [Theory]
    [InlineData(ConvolutionForm.Zeros)]
    [InlineData(ConvolutionForm.Replicated)]
    [InlineData(ConvolutionForm.Doubled)]
    [InlineData(ConvolutionForm.Halved)]
    public void InBfloat16OnlyPicturesAreRounded(ConvolutionForm form)
    {
        // Numbers that bfloat16 holds exactly, so that what differs is the rounding of results and of a doubled picture.
        Tensor x = Rounded(Random(1, 2, 32, 8, 8)), weight = Rounded(Random(2, 32, 32, 3, 3));
        Tensor[] exact = Everything((a, w, _) => Plain(a, w, null, form, 1, 1, 1), x, weight, null, second: false);
        Tensor[] found = Everything((a, w, _) => FusedOps.Convolve(a, w, null, form, 1, 1, 1), x.To(ScalarType.BFloat16), weight, null, second: false);
        Assert.Equal(ScalarType.BFloat16, found[0].Dtype);
        Assert.Equal(ScalarType.Float32, found[2].Dtype);
        Near(exact, [.. found.Select(tensor => tensor.To(ScalarType.Float32))], 1.5e-2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AGateAndItsGradientsAreThoseOfThePlainOps(int level)
    {
        SetLevel(level);
        // Channels that lie far from 0, where squares of what is not centred would lose digits.
        Tensor x = Random(1, 3, 64, 5, 7).Mul(2).Add(20), styles = Random(2, 3, 128);
        Near(
            Everything((a, s, _) => PlainGate(a, s), x, styles, null, second: false),
            Everything((a, s, _) => FusedOps.NormaliseAndGate(a, s, 1e-5), x, styles, null, second: false));
    }

    [Fact]
    public void AGateInBfloat16HasStatisticsInSinglePrecision()
    {
        Tensor x = Rounded(Random(1, 4, 32, 8, 8)), styles = Random(2, 4, 64);
        Tensor[] exact = Everything((a, s, _) => PlainGate(a, s), x, styles, null, second: false);
        Tensor[] found = Everything((a, s, _) => FusedOps.NormaliseAndGate(a, s, 1e-5), x.To(ScalarType.BFloat16), styles, null, second: false);
        Near(exact, [.. found.Select(tensor => tensor.To(ScalarType.Float32))], 1e-2);
    }

    [Fact]
    public void TheSameAgainIsTheSameBitForBit()
    {
        Tensor x = Random(1, 5, 32, 16, 16), weight = Random(2, 32, 32, 3, 3), bias = Random(3, 32);
        Tensor[] first = Everything((a, w, b) => FusedOps.Convolve(a, w, b, ConvolutionForm.Halved, 1, 0.2), x, weight, bias);
        for (int i = 0; i < 5; i++)
        {
            Tensor[] again = Everything((a, w, b) => FusedOps.Convolve(a, w, b, ConvolutionForm.Halved, 1, 0.2), x, weight, bias);
            Assert.All(first.Zip(again), pair => Assert.Equal(pair.First.ToArray<float>(), pair.Second.ToArray<float>()));
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInWords()
    {
        Tensor x = Torch.Ones([1, 32, 6, 6]), weight = Torch.Ones([8, 32, 3, 3]), styles = Torch.Ones([1, 64]);
        Assert.Contains("even rows", Assert.Throws<TorchException>(() => FusedOps.Convolve(x, weight, null, ConvolutionForm.Halved)).Message, StringComparison.Ordinal);
        Assert.Contains("does not fit", Assert.Throws<TorchException>(() => FusedOps.Convolve(x, Torch.Ones([8, 31, 3, 3]))).Message, StringComparison.Ordinal);
        Assert.Contains("multiple of 32", Assert.Throws<TorchException>(() => FusedOps.NormaliseAndGate(Torch.Ones([1, 16, 4, 4]), styles, 1e-5)).Message, StringComparison.Ordinal);
        Tensor learning = x.RequiresGrad_();
        Tensor y = FusedOps.NormaliseAndGate(learning, styles, 1e-5);
        Assert.Contains("second derivative", Assert.Throws<TorchException>(() => Torch.Grad([y.Sum()], [learning], createGraph: true)).Message, StringComparison.Ordinal);
    }

    private static void SetLevel(int level) => new TorchOp("ainim::style_level").CallNumber(level);

    private static Tensor Random(ulong seed, params long[] shape)
    {
        using var generator = new Generator(seed);
        return Torch.Randn(shape, generator);
    }

    private static Tensor Rounded(Tensor x) => x.To(ScalarType.BFloat16).To(ScalarType.Float32);

    // What the op says it does.
    private static Tensor Plain(Tensor x, Tensor weight, Tensor? bias, ConvolutionForm form, double scale, double slope, double gain)
    {
        long border = weight.Size(2) / 2;
        if (form == ConvolutionForm.Doubled)
            x = x.UpsampleBilinear2d([2 * x.Size(2), 2 * x.Size(3)]);
        bool isReplicated = form is ConvolutionForm.Replicated or ConvolutionForm.Doubled;
        Tensor y = (isReplicated ? x.ReplicationPad2d([1, 1, 1, 1]) : x).Conv2d(weight.Mul(scale), padding: isReplicated ? 0 : border);
        if (form == ConvolutionForm.Halved)
            y = y.AvgPool2d(2);
        if (bias is not null)
            y = y.Add(bias.View(1, -1, 1, 1));
        return slope == 1 ? y.Mul(gain) : y.LeakyRelu(slope).Mul(gain);
    }

    private static Tensor PlainGate(Tensor x, Tensor styles)
    {
        Tensor mean = x.Mean([0, 2, 3], true), variance = x.Var([0, 2, 3], unbiased: false, keepdim: true);
        Tensor[] halves = styles.Unsqueeze(2).Unsqueeze(3).Chunk(2, 1);
        return x.Sub(mean).Mul(variance.Add(1e-5).Rsqrt()).Mul(halves[0]).Add(halves[1]).Glu(1);
    }

    // The value, the gradients of a weighted sum of it, and those of the sum of their squares.
    private static Tensor[] Everything(Func<Tensor, Tensor, Tensor?, Tensor> function, Tensor x, Tensor weight, Tensor? bias, bool second = true)
    {
        Tensor[] inputs = [.. new[] { x, weight, bias }.OfType<Tensor>().Select(tensor => tensor.Detach().RequiresGrad_())];
        Tensor y = function(inputs[0], inputs[1], bias is null ? null : inputs[2]);
        Tensor[] first = [.. Torch.Grad([y.To(ScalarType.Float32).Mul(Random(9, y.Shape)).Sum()], inputs, createGraph: second).Select(tensor => tensor!)];
        if (!second)
            return [y, .. first];
        Tensor squares = first.Select(gradient => gradient.Square().Sum()).Aggregate((a, b) => a.Add(b));
        return [y, .. first, .. Torch.Grad([squares], inputs[..2]).Select(tensor => tensor!)];
    }

    private static void Near(Tensor[] expected, Tensor[] actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Shape, actual[i].Shape);
            double difference = expected[i].Sub(actual[i]).Abs().Max().Item(), largest = expected[i].Abs().Max().Item();
            Assert.True(difference <= tolerance * largest, $"result {i}: {difference:G3} of {largest:G3}");
        }
    }
}
