using System.Numerics.Tensors;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Media;
using AInimEngine.Media.Video;
using AInimEngine.Neural;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using Tensor = AInimEngine.Neural.Tensor;

namespace AInimEngine.Training.Reports;

/// <summary>A loop through a model's latent space as a film without sound: what the model does when it is played.</summary>
public static class WalkClip
{
    /// <summary>Films a walk.</summary>
    /// <param name="model">A checked model, with its statistics; a copy of the running average.</param>
    /// <param name="path">Ends in ".mp4"; replaced when it exists, and there only once it is whole.</param>
    /// <param name="settings">How; the usual if null.</param>
    /// <param name="cancellation">Stops it; nothing is left then.</param>
    /// <exception cref="AInimException">ffmpeg is missing, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(Model model, string path, WalkSettings? settings = null, CancellationToken cancellation = default)
    {
        settings ??= new WalkSettings();
        using StyleDecoder decoder = StyleDecoder.Create(model, new DecodeSettings());
        using var small = new Image(decoder.Width, decoder.Height, PixelFormat.PlanarRgbF32);
        int factor = Factor(decoder.Width, settings.LeastSize);
        using var frame = new Image(decoder.Width * factor, decoder.Height * factor, PixelFormat.Rgba8);
        using var encoder = VideoEncoder.Start(new EncoderSettings(frame.Width, frame.Height, settings.Fps), path, cancellation: cancellation);
        float[] walk = Latents(model, settings);
        int width = decoder.Shape.WDim, frames = walk.Length / width;
        var latents = new float[decoder.Shape.Layers * width];
        Span<float> controls = stackalloc float[StyleDecoder.FixedControls];
        controls[0] = 1;
        for (int i = 0; i < frames; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int layer = 0; layer < decoder.Shape.Layers; layer++)
                walk.AsSpan(i * width, width).CopyTo(latents.AsSpan(layer * width));
            decoder.Decode(latents, controls, small);
            PictureEnlarger.Enlarge(small, frame, factor);
            encoder.Write(frame);
        }
        encoder.Finish();
    }

    /// <summary>By what whole factor pictures are enlarged.</summary>
    internal static int Factor(int size, int least) => Math.Max(1, (least + size - 1) / size);

    /// <summary>
    /// The way in w: a closed Catmull-Rom curve (uniform) through the stations, so that speed has no jump, not even where the
    /// loop begins again.
    /// </summary>
    /// <returns>[frames, w_dim]; the frame after the last is the first.</returns>
    internal static float[] Latents(Model model, WalkSettings settings)
    {
        int frames = Math.Max(2, (int)Math.Round(settings.Seconds * settings.Fps.Numerator / settings.Fps.Denominator)), stations = Math.Max(3, settings.Stations);
        float[] points;
        int width;
        using (StyleNetwork network = StyleNetwork.Create(model))
        {
            using var scope = new TensorScope();
            using GradMode noGrad = Torch.NoGrad();
            width = network.Shape.WDim;
            ulong[] seeds = [.. Enumerable.Range(0, stations).Select(i => settings.Seed * 1000 + (ulong)i)];
            Tensor? classes = network.Shape.Classes == 0 ? null : network.OneHot([.. seeds.Select((_, i) => i % network.Shape.Classes)]);
            points = network.MeanW.Lerp(network.Map(network.SeedZ(seeds), classes), settings.Truncation).Contiguous().ToArray<float>();
        }
        var walk = new float[frames * width];
        for (int i = 0; i < frames; i++)
        {
            double place = (double)i * stations / frames;
            int station = (int)place;
            CatmullRom(points, width, stations, station, (float)(place - station), walk.AsSpan(i * width, width));
        }
        return walk;
    }

    private static void CatmullRom(float[] points, int width, int stations, int station, float t, Span<float> target)
    {
        float t2 = t * t, t3 = t2 * t;
        ReadOnlySpan<float> weights = [(-t3 + 2 * t2 - t) / 2, (3 * t3 - 5 * t2 + 2) / 2, (-3 * t3 + 4 * t2 + t) / 2, (t3 - t2) / 2];
        target.Clear();
        for (int i = 0; i < weights.Length; i++)
            TensorPrimitives.MultiplyAdd(points.AsSpan((station - 1 + i + stations) % stations * width, width), weights[i], target, target);
    }
}
