using System.Numerics.Tensors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Mapping.Tests.Support;

/// <summary>
/// A generator whose picture is its latent times a gain per layer, so that image change is known exactly:
/// rms = gain * Euclidean step when every layer's gain is divided by the root of the pixel count.
/// </summary>
internal sealed class LinearGenerator
{
    public LinearGenerator(int layers, int width, float gain, float spread = 1, float centre = 0)
    {
        Layers = layers;
        Width = width;
        Gains = [.. Enumerable.Range(0, layers).Select(layer => gain * (1 + 0.5f * layer / layers))];
        Spread = spread;
        Centre = centre;
        int coarse = Math.Max(1, layers / 3), fine = Math.Max(1, layers / 3);
        LatentGroup[] groups = layers >= 3
            ? [new("coarse", 0, coarse), new("mid", coarse, layers - coarse - fine), new("fine", layers - fine, fine)]
            : [new("coarse", 0, layers)];
        Layout = new LatentLayout(layers, width, groups, Gains);
    }

    public int Layers { get; }

    public int Width { get; }

    public float[] Gains { get; }

    public float Spread { get; }

    public float Centre { get; }

    public LatentLayout Layout { get; }

    public int SampleCalls { get; private set; }

    public void Sample(ulong seed, Span<float> latent)
    {
        SampleCalls++;
        Philox.Normal(seed, 1, latent);
        TensorPrimitives.Multiply(latent, Spread, latent);
        TensorPrimitives.Add(latent, Centre, latent);
    }

    /// <summary>Root-mean-square change of the picture between two latents.</summary>
    public double Change(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        double sum = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double step = Gains[i / Width] * ((double)to[i] - from[i]);
            sum += step * step;
        }
        return Math.Sqrt(sum);
    }

    public GeneratorInfo Info() => new(
        Layout,
        [
            new FrameField("latent", Layout.Size, "", -100, 100, "Latent."),
            new FrameField("field.zoom", 1, "", 0.1f, 8, "Zoom."),
            new FrameField("field.tint", 3, "", 0, 1, "Tint."),
        ],
        [1, 0.1f, 0.2f, 0.3f],
        Sample);
}
