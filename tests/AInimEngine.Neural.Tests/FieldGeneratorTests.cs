using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Field;

namespace AInimEngine.Neural.Tests;

public sealed class FieldGeneratorTests : NativeTensorTest
{
    [Fact]
    public void SameUniverseAndLatentGiveTheSameBits()
    {
        using var first = new FieldFixture(5, 200, 170);
        using var second = new FieldFixture(5, 200, 170);
        float[] picture = first.Decode();
        Assert.Equal(picture, second.Decode());
        Assert.Equal(first.Generator.Latents.ImageChangePerUnit, second.Generator.Latents.ImageChangePerUnit);
    }

    [Fact]
    public void APictureDoesNotDependOnThoseBefore()
    {
        using var field = new FieldFixture(6, 96, 54);
        float[] before = field.Decode();
        float[] values = [.. field.Frame.Values];
        field.Generator.Sample(99, field.Latent);
        field.Control("field.hue") = 0.3f;
        field.Control("field.zoom") = 2;
        Assert.True(FieldFixture.Rms(before, field.Decode()) > 0.05);
        using (var other = new Image(64, 96, PixelFormat.Rgba8))
            field.Generator.Decode(field.Frame, [], other);
        values.CopyTo(field.Frame.Values, 0);
        Assert.Equal(before, field.Decode());
    }

    [Fact]
    public void UniversesDiffer()
    {
        var pictures = new List<float[]>();
        for (ulong universe = 0; universe < 6; universe++)
        {
            using var field = new FieldFixture(universe, 96, 54);
            pictures.Add(field.Decode());
        }
        for (int i = 0; i < pictures.Count; i++)
            for (int j = 0; j < i; j++)
                Assert.True(FieldFixture.Rms(pictures[i], pictures[j]) > 0.15, $"universes {i} and {j} are alike");
    }

    [Fact]
    public void SampleIsAFunctionOfUniverseAndSeed()
    {
        using var field = new FieldFixture(1, 96, 54);
        using var other = new FieldFixture(2, 96, 54);
        int size = field.Generator.Latents.Size;
        float[] a = new float[size], b = new float[size], c = new float[size], d = new float[size];
        field.Generator.Sample(7, a);
        field.Generator.Sample(7, b);
        field.Generator.Sample(8, c);
        other.Generator.Sample(7, d);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
        Assert.NotEqual(a, d);
        Assert.InRange(a.Sum(x => x * x) / size, 0.6, 1.5);
    }

    [Theory]
    [InlineData(PixelFormat.Rgba16F)]
    [InlineData(PixelFormat.Rgba8)]
    [InlineData(PixelFormat.PlanarRgbF32)]
    public void DecodeAllocatesNothingAfterItsFirstCall(PixelFormat format)
    {
        using var field = new FieldFixture(3, 96, 54);
        using var output = new Image(96, 54, format);
        field.Generator.Decode(field.Frame, [], output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            field.Frame.Values[i] += 0.01f;
            field.Generator.Decode(field.Frame, [], output);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void AllFormatsHoldTheSamePicture()
    {
        // 33 columns: the last pixels do not fill a vector.
        using var field = new FieldFixture(4, 33, 21);
        using var halves = new Image(33, 21, PixelFormat.Rgba16F);
        using var bytes = new Image(33, 21, PixelFormat.Rgba8);
        float[] planes = field.Decode();
        field.Generator.Decode(field.Frame, [], halves);
        field.Generator.Decode(field.Frame, [], bytes);
        int n = 33 * 21;
        for (int i = 0; i < n; i++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                float expected = planes[channel * n + i];
                // Half a unit in the last of 11 bits, or what flushes to 0.
                Assert.InRange((float)halves.As<Half>()[i * 4 + channel], expected - expected / 2048 - 7e-5f, expected + expected / 2048 + 7e-5f);
                Assert.Equal((byte)Math.Clamp(expected * 255 + 0.5f, 0, 255), bytes.Bytes[i * 4 + channel]);
            }
            Assert.Equal((Half)1, halves.As<Half>()[i * 4 + 3]);
            Assert.Equal(255, bytes.Bytes[i * 4 + 3]);
        }
    }

    [Fact]
    public void GroupsCoverTheLatentAndEveryLayerAnswers()
    {
        using var field = new FieldFixture(8, 96, 54);
        LatentLayout latents = field.Generator.Latents;
        Assert.Equal(["coarse", "mid", "fine"], latents.Groups.Select(g => g.Name));
        Assert.Equal(Enumerable.Range(0, latents.Layers), latents.Groups.SelectMany(g => Enumerable.Range(g.FirstLayer, g.LayerCount)));
        Assert.Equal(latents.Layers, latents.ImageChangePerUnit.Count);
        Assert.All(latents.ImageChangePerUnit, change => Assert.InRange(change, 0.02f, 3));
        Assert.Equal(LatentLayout.FieldName, field.Generator.Inputs[0].Name);
        Assert.Equal(latents.Size, field.Generator.Inputs[0].Length);
    }

    [Fact]
    public void DefaultsLieWithinTheirRanges()
    {
        using var field = new FieldFixture(9, 96, 54);
        int offset = field.Generator.Latents.Size;
        foreach (FrameField input in field.Generator.Inputs.Skip(1))
            foreach (float value in field.Frame.Values.AsSpan(field.Frame.Layout.OffsetOf(input.Name), input.Length).ToArray())
                Assert.InRange(value, input.Min, input.Max);
        Assert.Equal(field.Frame.Values.Length - offset, field.Generator.Inputs.Skip(1).Sum(i => i.Length));
    }

    [Fact]
    public void StyleAndPaletteCanBeChosen()
    {
        using FieldGenerator chosen = FieldGenerator.Create(
            new FieldSettings { Universe = 3, Width = 64, Height = 36, Style = FieldStyle.Silk, Palette = "klimt" });
        Assert.Equal(FieldStyle.Silk, chosen.Style);
        Assert.Equal("klimt", chosen.Palette.Name);
        var error = Assert.Throws<AInimException>(() => FieldGenerator.Create(new FieldSettings { Palette = "beige" }));
        Assert.Contains("no field palette 'beige'", error.Message);
        Assert.Contains("klimt", error.Message);
    }

    [Fact]
    public void AFrameWithoutAnInputIsRefusedByName()
    {
        using var field = new FieldFixture(9, 32, 18);
        var frame = new ControlFrame(new FrameLayout(field.Generator.Inputs.Take(3)));
        Assert.Contains("field.warp", Assert.Throws<KeyNotFoundException>(() => field.Generator.Decode(frame, [], field.Picture)).Message);
    }
}
