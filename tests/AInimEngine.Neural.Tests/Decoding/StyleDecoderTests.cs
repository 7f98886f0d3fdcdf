using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Benchmarks;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using Xunit;

namespace AInimEngine.Neural.Tests.Decoding;

public sealed class StyleDecoderTests : NativeTensorTest
{
    internal static float[] Latent(StyleDecoder decoder, ulong seed = 5)
    {
        var ws = new float[decoder.Settings.Batch * decoder.Shape.Layers * decoder.Shape.WDim];
        Philox.Normal(seed, 1, ws);
        return ws;
    }

    internal static float[] Planes(Model model, DecodeSettings settings, DecodeForm form, float[]? controls = null)
    {
        using StyleDecoder decoder = StyleDecoder.Create(model, settings, form);
        var planes = new float[settings.Batch * 3 * decoder.Width * decoder.Height];
        decoder.Decode(Latent(decoder), controls ?? [1, 0], planes);
        return planes;
    }

    [Theory]
    [InlineData("skip"), InlineData("resnet"), InlineData("orig")]
    public void RandomSg2GivesFinitePictures(string synthesis)
    {
        float[] planes = Planes(RandomStyleModel.Sg2(32, 512, 32, 16, synthesis), new DecodeSettings(), DecodeForm.Fastest);
        Assert.All(planes, value => Assert.True(float.IsFinite(value)));
        Assert.InRange(planes.Max() - planes.Min(), 0.1f, 100f);
    }

    [Fact]
    public void RandomSmGivesFinitePictures()
    {
        float[] planes = Planes(RandomStyleModel.Sm(32, 512, 32, 16), new DecodeSettings(), DecodeForm.Fastest);
        Assert.All(planes, value => Assert.True(float.IsFinite(value)));
        Assert.InRange(planes.Max() - planes.Min(), 0.1f, 100f);
    }

    [Theory]
    [InlineData(PixelFormat.Rgba8), InlineData(PixelFormat.Rgba16F), InlineData(PixelFormat.PlanarRgbF32)]
    public void PicturesAreTheMiddleOfThePlanes(PixelFormat format)
    {
        Model model = RandomStyleModel.Sg2(16, 256, 16, 16);
        using StyleDecoder decoder = StyleDecoder.Create(model, new DecodeSettings { Columns = 7 });
        Assert.Equal((28, 16), (decoder.Width, decoder.Height));
        var planes = new float[3 * 28 * 16];
        decoder.Decode(Latent(decoder), [1, 0], planes);
        using var image = new Image(22, 13, format);
        decoder.Decode(Latent(decoder), [1, 0], image);
        for (int y = 0; y < 13; y++)
        {
            for (int x = 0; x < 22; x++)
            {
                for (int channel = 0; channel < 3; channel++)
                {
                    float expected = Math.Clamp(planes[(channel * 16 + y + 1) * 28 + x + 3] * 0.5f + 0.5f, 0, 1);
                    int pixel = y * 22 + x;
                    (float actual, float tolerance) = format switch
                    {
                        PixelFormat.Rgba8 => (image.Bytes[4 * pixel + channel] / 255f, 0.501f / 255),
                        PixelFormat.Rgba16F => ((float)image.As<Half>()[4 * pixel + channel], 0.0005f),
                        _ => (image.As<float>()[channel * 22 * 13 + pixel], 1e-6f),
                    };
                    Assert.Equal(expected, actual, tolerance);
                }
            }
        }
    }
}
