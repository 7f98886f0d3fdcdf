using AInimEngine.Neural;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Engine.Explore;

/// <summary>Decodes latents one by one, so that memory does not grow with their number.</summary>
public static class PlainDecode
{
    /// <summary>Receives one picture, [3, H, W], valid during the call.</summary>
    public delegate void PictureSink(ReadOnlySpan<float> planes);

    /// <summary>Decodes.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="request">What.</param>
    /// <param name="sink">Takes each picture in order.</param>
    public static void Run(Model model, PlainDecodeRequest request, PictureSink sink)
    {
        using StyleNetwork network = StyleNetwork.Create(model);
        using StyleDecoder? decoder = request.Precision == DecodePrecision.Float32
            ? null
            : StyleDecoder.Create(model, new DecodeSettings { Precision = request.Precision, Noise = request.Noise });
        using GradMode noGrad = Torch.NoGrad();
        int width = model.Card.ZDim, resolution = model.Card.Resolution;
        var planes = new float[3 * resolution * resolution];
        for (int i = 0; i < request.Z.Length / width; i++)
        {
            using var scope = new TensorScope();
            Tensor z = Tensor.From(request.Z.AsSpan(i * width, width), 1, width);
            Tensor? classes = request.Classes.Length == 0 ? null : network.OneHot(request.Classes[i]);
            Tensor ws = network.Broadcast(network.Map(z, classes), request.Truncation, request.Cutoff);
            if (decoder is null)
                network.Synthesize(ws, request.Noise).CopyTo(planes.AsSpan());
            else
                decoder.Decode(ws.ToArray<float>(), [1, 0], planes);
            sink(planes);
        }
    }
}
