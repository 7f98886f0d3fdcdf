using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Field;

namespace AInimEngine.Neural.Tests;

/// <summary>A field generator with a frame and a planar picture.</summary>
internal sealed class FieldFixture : IDisposable
{
    // One thread, as the engine decodes: on a busy machine, two spend most of their time waiting for each other.
    private readonly int _threads = Torch.NumThreads;

    public FieldFixture(ulong universe, int width, int height, FieldStyle? style = null)
    {
        Torch.NumThreads = 1;
        Generator = FieldGenerator.Create(new FieldSettings { Universe = universe, Width = width, Height = height, Style = style });
        Frame = new ControlFrame(new FrameLayout(Generator.Inputs));
        Generator.DefaultInputs(Frame.Values.AsSpan(Generator.Latents.Size));
        Generator.Sample(universe, Latent);
        Picture = new Image(width, height, PixelFormat.PlanarRgbF32);
    }

    public FieldGenerator Generator { get; }

    public ControlFrame Frame { get; }

    public Image Picture { get; }

    public Span<float> Latent => Frame.Values.AsSpan(0, Generator.Latents.Size);

    public ref float Control(string name) => ref Frame.Values[Frame.Layout.OffsetOf(name)];

    /// <summary>[3, H, W], a copy.</summary>
    public float[] Decode()
    {
        Generator.Decode(Frame, [], Picture);
        return Picture.As<float>().ToArray();
    }

    /// <summary>Moves some layers by a length in a random direction.</summary>
    public void Move(int firstLayer, int layers, float length, ulong seed)
    {
        int width = Generator.Latents.Width;
        var direction = new float[layers * width];
        Philox.Normal(seed, 77, direction);
        double norm = Math.Sqrt(direction.Sum(d => (double)d * d));
        for (int i = 0; i < direction.Length; i++)
            Latent[firstLayer * width + i] += (float)(direction[i] / norm * length);
    }

    public void Dispose()
    {
        Generator.Dispose();
        Picture.Dispose();
        Torch.NumThreads = _threads;
    }

    public static double Rms(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (double)(a[i] - b[i]);
        return Math.Sqrt(sum / a.Length);
    }
}
