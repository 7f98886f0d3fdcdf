using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Tests;

public sealed class FieldPictureTests : NativeTensorTest
{
    [Fact]
    public void SmallStepsGiveSmallChanges()
    {
        // Measured over these universes, all layers at once: 0.18 to 0.86 per unit, half a step 0.50 to 0.53 of a whole one.
        for (ulong universe = 0; universe < 8; universe++)
        {
            using var field = new FieldFixture(universe, 160, 90);
            float[] here = field.Decode();
            field.Move(0, 6, 0.02f, universe);
            double full = FieldFixture.Rms(here, field.Decode());
            field.Move(0, 6, -0.01f, universe);
            double half = FieldFixture.Rms(here, field.Decode());
            Assert.InRange(full, 1e-4, 0.02 * 2);
            Assert.InRange(half / full, 0.35, 0.75);
        }
    }

    [Fact]
    public void TheMeasuredResponsePredictsStepsElsewhere()
    {
        // A step's change varies from place to place; over several places it is about what was measured.
        using var field = new FieldFixture(11, 160, 90);
        LatentLayout latents = field.Generator.Latents;
        for (int layer = 0; layer < latents.Layers; layer++)
        {
            double squares = 0;
            for (ulong place = 0; place < 8; place++)
            {
                field.Generator.Sample(100 + place, field.Latent);
                float[] here = field.Decode();
                field.Move(layer, 1, 0.05f, place);
                squares += Math.Pow(FieldFixture.Rms(here, field.Decode()) / 0.05, 2) / 8;
            }
            Assert.InRange(Math.Sqrt(squares) / latents.ImageChangePerUnit[layer], 0.4, 2.5);
        }
    }

    [Fact]
    public void FarLatentsAndExtremeControlsStayPictures()
    {
        foreach (ulong universe in (ulong[])[0, 1, 3, 7, 9])
        {
            using var field = new FieldFixture(universe, 160, 90);
            for (ulong seed = 0; seed < 3; seed++)
            {
                field.Generator.Sample(seed, field.Latent);
                for (int i = 0; i < field.Latent.Length; i++)
                    field.Latent[i] *= 4;
                foreach (bool high in (bool[])[false, true])
                {
                    foreach (var input in field.Generator.Inputs.Skip(1))
                        field.Frame.Values.AsSpan(field.Frame.Layout.OffsetOf(input.Name), input.Length).Fill(high ? input.Max : input.Min);
                    Assert.All(field.Decode(), value => Assert.InRange(value, -0.001f, 1.6f));
                }
            }
        }
    }

    [Fact]
    public void ControlsThatAreNoNumbersGiveAPicture()
    {
        using var field = new FieldFixture(2, 96, 54);
        field.Frame.Values.AsSpan(field.Generator.Latents.Size).Fill(float.NaN);
        Assert.All(field.Decode(), value => Assert.InRange(value, -0.001f, 1.6f));
    }

    [Theory]
    [InlineData(192, 192)]
    [InlineData(192, 340)]
    [InlineData(448, 192)]
    public void TheMiddleIsTheSameAtAnyAspectRatio(int width, int height)
    {
        // 16:9 against 1:1, 9:16 and 21:9: the middle square of 192 pixels, which a stretched picture would not share.
        for (ulong universe = 1; universe < 4; universe++)
        {
            using var field = new FieldFixture(universe, 340, 192);
            float[] wide = Middle(field.Decode(), 340, 192, 192);
            using var other = new Image(width, height, PixelFormat.PlanarRgbF32);
            field.Generator.Decode(field.Frame, [], other);
            Assert.InRange(FieldFixture.Rms(wide, Middle(other.As<float>(), width, height, 192)), 0, 0.004);
        }
    }

    [Fact]
    public void SamplingEverySecondPixelIsTheSamePicture()
    {
        // The oracle evaluates the network at every pixel. Measured: 0.0001 to 0.0008 over these.
        foreach (ulong seed in (ulong[])[1, 2, 3, 5, 8])
        {
            var universe = new FieldUniverse(seed, null, null);
            float[][] pool = FieldCalibration.Pool(universe);
            FieldCalibration.Network(universe, pool);
            using var fast = new FieldPicture(universe, 320, 180, step: 2);
            using var oracle = new FieldPicture(universe, 320, 180, step: 1);
            fast.Draw(pool[0], FieldControls.Default(universe.Symmetry));
            oracle.Draw(pool[0], FieldControls.Default(universe.Symmetry));
            Assert.InRange(FieldFixture.Rms(fast.Planes, oracle.Planes), 0, 0.003);
        }
    }

    [Fact]
    public void MidLeavesTheFlowAloneAndFineLeavesTheFormsAlone()
    {
        var universe = new FieldUniverse(14, null, null);
        float[] latent = FieldCalibration.Pool(universe)[0];
        float[] before = Fields(universe, latent);
        float[] mid = [.. latent], fine = [.. latent];
        for (int i = 0; i < 2 * FieldShape.LatentWidth; i++)
        {
            mid[2 * FieldShape.LatentWidth + i] += 0.5f;
            fine[4 * FieldShape.LatentWidth + i] += 0.5f;
        }
        float[] afterMid = Fields(universe, mid), afterFine = Fields(universe, fine);
        int n = before.Length / FieldShape.Heads;
        Assert.Equal(before.AsSpan(FieldShape.Night * n, n), afterMid.AsSpan(FieldShape.Night * n, n));
        Assert.NotEqual(before[FieldShape.Height * n], afterMid[FieldShape.Height * n]);
        for (int head = 0; head < FieldShape.Heads; head++)
        {
            float shift = afterFine[head * n] - before[head * n];
            for (int i = 0; i < n; i++)
                Assert.Equal(shift, afterFine[head * n + i] - before[head * n + i], 1e-4f);
        }
    }

    private static float[] Fields(FieldUniverse universe, float[] latent)
    {
        var grid = new FieldGrid(64, 36);
        using var weights = new FieldWeights(universe, head: null);
        using var builder = new OpProgramBuilder();
        builder.Output(FieldNetwork.Record(builder, grid, universe));
        using OpProgram program = builder.Build();
        weights.Write(latent, FieldControls.Default(universe.Symmetry));
        using Tensor fields = program.Run(weights.Inputs)[0];
        return fields.ToArray<float>();
    }

    [Fact]
    public void EveryControlDoesSomething()
    {
        (string Name, float Value)[] changes =
        [
            ("field.zoom", 1.5f), ("field.rotation", 0.1f), ("field.warp", 1.6f), ("field.symmetry", 0.25f), ("field.detail", 2),
            ("field.glow", 3), ("field.hue", 0.2f), ("field.pulse", 1), ("field.chroma", 1),
        ];
        using var field = new FieldFixture(9, 160, 90, FieldStyle.Neon);
        float[] here = field.Decode();
        foreach ((string name, float value) in changes)
        {
            float before = field.Control(name);
            field.Control(name) = value;
            Assert.True(FieldFixture.Rms(here, field.Decode()) > 0.01, $"{name} does nothing");
            field.Control(name) = before;
        }
    }

    [Fact]
    public void APulseIsLightAndAWholeTurnOfHueIsNothing()
    {
        using var field = new FieldFixture(12, 160, 90);
        float[] here = field.Decode();
        field.Control("field.pulse") = 1;
        Assert.True(field.Decode().Average() > 1.1 * here.Average());
        field.Control("field.pulse") = 0;
        field.Control("field.hue") = 1;
        Assert.InRange(FieldFixture.Rms(here, field.Decode()), 0, 1e-4);
    }

    private static float[] Middle(ReadOnlySpan<float> planes, int width, int height, int side)
    {
        var middle = new float[3 * side * side];
        int left = (width - side) / 2, top = (height - side) / 2;
        for (int c = 0; c < 3; c++)
            for (int y = 0; y < side; y++)
                planes.Slice((c * height + top + y) * width + left, side).CopyTo(middle.AsSpan((c * side + y) * side));
        return middle;
    }
}
