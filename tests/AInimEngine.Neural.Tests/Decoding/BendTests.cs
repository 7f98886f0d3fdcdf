using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Decoding.Bends;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Tests.Decoding;

public sealed class BendTests : NativeTensorTest
{
    private const int Batch = 2, Channels = 6, Height = 8, Width = 12;
    private static readonly float[] s_deviations = [0.5f, 1, 2, 4, 0.25f, 3];
    private readonly TensorScope _scope = new();

    protected override void Release() => _scope.Dispose();

    public static TheoryData<BendOperation> Operations => [.. Enum.GetValues<BendOperation>()];

    private static Bend Whole(BendOperation operation, float parameter = 0) => new("it", 0, operation) { Parameter = parameter, Seed = 5 };

    private static Tensor Activations(int height = Height, int width = Width, ulong seed = 1)
    {
        var values = new float[Batch * Channels * height * width];
        Philox.Normal(seed, 7, values);
        return Tensor.From(values, Batch, Channels, height, width);
    }

    private static float[] Bent(Tensor x, Bend bend, float amount) => BendRecorder.Apply(x, bend, amount, s_deviations).ToArray<float>();

    // What the bend must give, pixel by pixel, from the plane that it acts on.
    private static void Expect(Tensor x, Bend bend, float amount, Func<float[,], int, int, int, double> truth, double tolerance = 1e-6)
    {
        float[] before = x.ToArray<float>(), after = Bent(x, bend, amount);
        int height = (int)x.Size(2), width = (int)x.Size(3);
        for (int plane = 0; plane < Batch * Channels; plane++)
        {
            var values = new float[height, width];
            Buffer.BlockCopy(before, plane * height * width * sizeof(float), values, 0, height * width * sizeof(float));
            for (int row = 0; row < height; row++)
                for (int column = 0; column < width; column++)
                {
                    double expected = truth(values, plane % Channels, row, column), actual = after[(plane * height + row) * width + column];
                    Assert.True(Math.Abs(expected - actual) <= tolerance * (1 + Math.Abs(expected)), $"plane {plane}, row {row}, column {column}: {actual}, expected {expected}");
                }
        }
    }

    private static int Edge(int index, int size) => Math.Clamp(index, 0, size - 1);

    [Theory]
    [MemberData(nameof(Operations))]
    public void AnAmountOfZeroIsExactlyTheIdentity(BendOperation operation)
    {
        Tensor x = Activations();
        Assert.Equal(x.ToArray<float>(), Bent(x, Whole(operation), 0));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void OtherAmountsChangeTheChannelsTakenAndNoOtherBit(BendOperation operation)
    {
        foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.BFloat16 })
        {
            Tensor x = Activations().To(type);
            int[] channels = [1, 4];
            float[] before = x.To(ScalarType.Float32).ToArray<float>();
            Tensor bent = BendRecorder.Apply(x, Whole(operation) with { Channels = channels }, 0.3f, s_deviations);
            Assert.Equal(type, bent.Dtype);
            float[] after = bent.To(ScalarType.Float32).ToArray<float>();
            for (int plane = 0; plane < Batch * Channels; plane++)
            {
                Range part = (plane * Height * Width)..((plane + 1) * Height * Width);
                Assert.Equal(!channels.Contains(plane % Channels), before[part].SequenceEqual(after[part]));
            }
            Assert.Equal(before, x.To(ScalarType.Float32).ToArray<float>());
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void TypeAndLayoutStayAndTheValuesAreTheSameInBothLayouts(BendOperation operation)
    {
        foreach (IReadOnlyList<int> channels in new int[][] { [], [2, 0] })
            foreach (ScalarType type in new[] { ScalarType.Float32, ScalarType.BFloat16 })
            {
                Bend bend = Whole(operation) with { Channels = channels };
                Tensor rows = Activations().To(type), interleaved = rows.Contiguous(MemoryFormat.ChannelsLast);
                Tensor plain = BendRecorder.Apply(rows, bend, 0.4f, s_deviations), last = BendRecorder.Apply(interleaved, bend, 0.4f, s_deviations);
                Assert.True(plain.IsContiguous);
                Assert.True(last.IsChannelsLast);
                Assert.Equal(type, last.Dtype);
                Assert.Equal(plain.To(ScalarType.Float32).ToArray<float>(), last.Contiguous().To(ScalarType.Float32).ToArray<float>());
            }
    }

    [Theory]
    [InlineData(0f, 0, 3)]
    [InlineData(0.5f, 0, -3)]
    [InlineData(0.25f, 3, 0)]
    [InlineData(0.75f, -3, 0)]
    public void TranslationByAQuarterOfTheWidthShiftsThreePixelsAndRepeatsTheEdge(float direction, int down, int right) =>
        Expect(Activations(), Whole(BendOperation.Translate, direction), 0.25f,
            (x, _, row, column) => x[Edge(row - down, Height), Edge(column - right, Width)], 2e-5);

    [Fact]
    public void TranslationByHalfAPixelIsTheMeanOfNeighbours() =>
        Expect(Activations(), Whole(BendOperation.Translate), 0.5f / Width,
            (x, _, row, column) => 0.5 * (x[row, column] + x[row, Edge(column - 1, Width)]), 2e-5);

    [Fact]
    public void HalfATurnMirrorsBothWays() => Expect(Activations(), Whole(BendOperation.Rotate), 0.5f,
        (x, _, row, column) => x[Height - 1 - row, Width - 1 - column], 2e-5);

    [Theory]
    [InlineData(0.25f)]
    [InlineData(-0.75f)]
    public void AQuarterTurnOfASquareIsClockwise(float amount) => Expect(Activations(10, 10), Whole(BendOperation.Rotate), amount,
        (x, _, row, column) => x[9 - column, row], 2e-5);

    [Fact]
    public void AQuarterTurnKeepsTheShapeOfPixelsWhereThePictureIsNotSquare() => Expect(Activations(), Whole(BendOperation.Rotate), 0.25f,
        (x, _, row, column) => x[Edge(Height / 2 + Width / 2 - 1 - column, Height), Edge(row + Width / 2 - Height / 2, Width)], 2e-5);

    [Fact]
    public void ScaleOfOneDoublesAboutTheMiddle() => Expect(Activations(), Whole(BendOperation.Scale), 1, (x, _, row, column) =>
    {
        double y = (row + 0.5 - Height / 2) / 2 + Height / 2 - 0.5, u = (column + 0.5 - Width / 2) / 2 + Width / 2 - 0.5;
        (int top, int left) = ((int)y, (int)u);
        double upper = x[top, left] + (u - left) * (x[top, left + 1] - x[top, left]);
        double lower = x[top + 1, left] + (u - left) * (x[top + 1, left + 1] - x[top + 1, left]);
        return upper + (y - top) * (lower - upper);
    }, 2e-5);

    [Fact]
    public void ScaleOfMinusOneHalvesAndRepeatsTheEdge() => Expect(Activations(), Whole(BendOperation.Scale), -1, (x, _, row, column) =>
    {
        int y = 2 * row - Height / 2, u = 2 * column - Width / 2; // the upper left of four pixels
        return 0.25 * (x[Edge(y, Height), Edge(u, Width)] + x[Edge(y + 1, Height), Edge(u, Width)]
            + x[Edge(y, Height), Edge(u + 1, Width)] + x[Edge(y + 1, Height), Edge(u + 1, Width)]);
    }, 2e-5);

    [Theory]
    [InlineData(BendOperation.Translate)]
    [InlineData(BendOperation.Scale)]
    [InlineData(BendOperation.Rotate)]
    public void ExtremeAmountsGiveValuesThatWereThere(BendOperation operation)
    {
        Tensor x = Activations(9, 7);
        float[] before = x.ToArray<float>();
        foreach (float amount in new[] { -1e30f, -1000, 1000, 1e30f })
            Assert.All(Bent(x, Whole(operation), amount), value => Assert.InRange(value, before.Min(), before.Max()));
    }

    [Fact]
    public void FlipsMirrorAndTwoOfThemAreNone()
    {
        Expect(Activations(), Whole(BendOperation.FlipHorizontal), 1, (x, _, row, column) => x[row, Width - 1 - column], 0);
        Expect(Activations(), Whole(BendOperation.FlipVertical), 1, (x, _, row, column) => x[Height - 1 - row, column], 0);
        Expect(Activations(), Whole(BendOperation.FlipVertical), 0.5f, (x, _, row, column) => 0.5 * (x[row, column] + x[Height - 1 - row, column]));
        Tensor x = Activations();
        foreach (BendOperation flip in new[] { BendOperation.FlipHorizontal, BendOperation.FlipVertical, BendOperation.Invert })
            Assert.Equal(x.ToArray<float>(), Bent(BendRecorder.Apply(x, Whole(flip), 1), Whole(flip), 1));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(20, 20)]
    public void ErosionAndDilationAreTheExtremesOfTheSquareAroundAPixel(float parameter, int radius)
    {
        Expect(Activations(), Whole(BendOperation.Erode, parameter), 1, (x, _, row, column) => Around(x, row, column, radius).Min(), 0);
        Expect(Activations(), Whole(BendOperation.Dilate, parameter), 1, (x, _, row, column) => Around(x, row, column, radius).Max(), 0);
        Tensor before = Activations();
        float[] middle = before.ToArray<float>(), low = Bent(before, Whole(BendOperation.Erode, parameter), 0.5f), high = Bent(before, Whole(BendOperation.Dilate, parameter), 0.5f);
        for (int i = 0; i < middle.Length; i++)
            Assert.True(low[i] <= middle[i] && middle[i] <= high[i]);
        Assert.NotEqual(middle, low);
        Assert.NotEqual(middle, high);
    }

    private static IEnumerable<double> Around(float[,] x, int row, int column, int radius)
    {
        for (int y = Math.Max(0, row - radius); y <= Math.Min(Height - 1, row + radius); y++)
            for (int u = Math.Max(0, column - radius); u <= Math.Min(Width - 1, column + radius); u++)
                yield return x[y, u];
    }

    [Fact]
    public void ArithmeticIsWhatItsNamesSay()
    {
        Expect(Activations(), Whole(BendOperation.Multiply), 0.5f, (x, _, row, column) => 1.5 * x[row, column]);
        Expect(Activations(), Whole(BendOperation.Add), 0.5f, (x, channel, row, column) => x[row, column] + 0.5 * s_deviations[channel]);
        Expect(Activations(), Whole(BendOperation.Invert), 0.25f, (x, _, row, column) => 0.5 * x[row, column]);
        Expect(Activations(), Whole(BendOperation.Invert), 1, (x, _, row, column) => -x[row, column], 0);
        Expect(Activations(), Whole(BendOperation.Ablate), 0.25f, (x, _, row, column) => 0.75 * x[row, column]);
        Expect(Activations(), Whole(BendOperation.Ablate), 1, (_, _, _, _) => 0, 0);
        Expect(Activations(), Whole(BendOperation.Threshold, 0.2f), 1,
            (x, channel, row, column) => x[row, column] > 0.2f * s_deviations[channel] ? s_deviations[channel] : 0, 0);
        Expect(Activations(), Whole(BendOperation.Threshold, 0.2f), 0.5f,
            (x, channel, row, column) => 0.5 * (x[row, column] + (x[row, column] > 0.2f * s_deviations[channel] ? s_deviations[channel] : 0)));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(2f)]
    public void NoiseHasTheDeviationAskedForAndGrowsWithTheAmount(float grain)
    {
        Tensor x = Torch.Zeros([1, Channels, 32, 48]);
        Bend bend = Whole(BendOperation.Noise, grain);
        float[] half = Bent(x, bend, 0.5f), whole = Bent(x, bend, 1);
        Assert.Equal(whole, half.Select(value => 2 * value));
        Assert.Equal(whole, Bent(x, bend, 1));
        Assert.NotEqual(whole, Bent(x, bend with { Seed = 6 }, 1));
        for (int channel = 0; channel < Channels; channel++)
        {
            float[] plane = whole[(channel * 32 * 48)..((channel + 1) * 32 * 48)];
            Assert.Equal(0, plane.Average(), 1e-4);
            Assert.Equal(s_deviations[channel], Math.Sqrt(plane.Average(value => (double)value * value)), 1e-3);
            // Neighbours of white noise have nothing to do with each other; blurred twice, exp(-d^2 / 4 grain^2) of them agrees.
            double likeness = Enumerable.Range(0, plane.Length - 1).Average(i => (double)plane[i] * plane[i + 1]) / (s_deviations[channel] * s_deviations[channel]);
            Assert.Equal(grain == 0 ? 0 : Math.Exp(-1 / (4 * grain * grain)), likeness, 0.08);
        }
    }

    [Fact]
    public void ASeededShareIsTheSameTwiceHasItsSizeAndGrowsByAddition()
    {
        var sets = new HashSet<string>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            Bend bend = Whole(BendOperation.Ablate) with { Seed = seed };
            int[] quarter = BendChannels.Of(bend with { Share = 0.25f }, 64), half = BendChannels.Of(bend with { Share = 0.5f }, 64);
            Assert.Equal(16, quarter.Length);
            Assert.Equal(32, half.Length);
            Assert.Equal(half, BendChannels.Of(bend with { Share = 0.5f }, 64));
            Assert.Equal(half.Distinct().Order(), half);
            Assert.Subset(half.ToHashSet(), quarter.ToHashSet());
            sets.Add(string.Join(',', half));
        }
        Assert.Equal(20, sets.Count);
        Assert.Equal(Enumerable.Range(0, 64), BendChannels.Of(Whole(BendOperation.Ablate), 64));
        Assert.Single(BendChannels.Of(Whole(BendOperation.Ablate) with { Share = 0.001f }, 64));
        Assert.Empty(BendChannels.Of(Whole(BendOperation.Ablate) with { Share = 0 }, 64));
        Assert.Equal([3, 9], BendChannels.Of(Whole(BendOperation.Ablate) with { Share = 0.5f, Channels = [9, 3] }, 64));
    }

    [Fact]
    public void AShareOfNoneLeavesTheActivationsThemselves()
    {
        using var b = new OpProgramBuilder();
        Slot x = b.Input();
        Assert.Equal(x, BendRecorder.Record(b, x, new BendTarget(1, 4, 8, 8), Whole(BendOperation.Ablate) with { Share = 0 }, b.Input()));
    }
}
