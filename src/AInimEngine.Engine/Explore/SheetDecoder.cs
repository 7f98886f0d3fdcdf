using AInimEngine.Neural;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;

namespace AInimEngine.Engine.Explore;

/// <summary>
/// Decodes pictures for people to look at: by the fast program, in bfloat16 where the processor multiplies it (at least
/// 40 dB from float32), and no larger than can be seen. One thread.
/// </summary>
/// <param name="model">A checked model.</param>
/// <param name="device">Where.</param>
internal sealed class SheetDecoder(Model model, Device device) : IDisposable
{
    // Layers beyond twice the size shown only touch what shrinking averages away.
    private const int Finer = 2, LeastResolution = 64;
    private readonly Dictionary<int, StyleDecoder> _decoders = [];

    /// <summary>Makes pictures one after another.</summary>
    /// <param name="ws">[N, layers, w_dim].</param>
    /// <param name="size">Side at which they are shown, pixels.</param>
    /// <param name="use">Index and picture [3, H, W], about -1..1, valid during the call.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    public void Decode(Tensor ws, int size, Action<int, Tensor> use, CancellationToken cancellation)
    {
        StyleDecoder decoder = For(ResolutionFor(model.Card, size));
        ReadOnlySpan<float> latents = ws.ToArray<float>();
        int step = decoder.Shape.Layers * decoder.Shape.WDim;
        var planes = new float[3 * decoder.Width * decoder.Height];
        for (int i = 0; i < ws.Size(0); i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            decoder.Decode(latents.Slice(i * step, step), [1, 0], planes);
            use(i, Tensor.From(planes, 3, decoder.Height, decoder.Width));
        }
    }

    /// <summary>Where decoding stops for pictures shown at a size: models that can stop early do.</summary>
    internal static int ResolutionFor(ModelCard card, int size)
    {
        int resolution = card.Resolution;
        bool exits = card.Architecture == ModelArchitecture.Sg2 && card.Synthesis == "skip";
        while (exits && resolution / 2 >= LeastResolution && resolution / 2 >= (long)size * Finer)
            resolution /= 2;
        return resolution;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StyleDecoder decoder in _decoders.Values)
            decoder.Dispose();
    }

    private StyleDecoder For(int resolution)
    {
        if (!_decoders.TryGetValue(resolution, out StyleDecoder? decoder))
        {
            bool small = device.Type == DeviceType.Cpu && StyleDecoder.Kernels == "avx512 bf16";
            _decoders[resolution] = decoder = StyleDecoder.Create(model, new DecodeSettings
            {
                Resolution = resolution == model.Card.Resolution ? null : resolution,
                Precision = small ? DecodePrecision.BFloat16 : DecodePrecision.Float32,
                Device = device,
            });
        }
        return decoder;
    }
}
