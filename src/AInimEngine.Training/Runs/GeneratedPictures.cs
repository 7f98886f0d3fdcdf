using AInimEngine.Core.Randomness;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Training.Runs;

/// <summary>Pictures of fixed latents, so that measures and sheets of one run can be compared.</summary>
internal static class GeneratedPictures
{
    private const ulong Purpose = 0x73686565;
    private const int Batch = 16;

    /// <summary>Makes them.</summary>
    /// <param name="model">A model that plays.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Which; the first of more are the same.</param>
    /// <param name="device">Where.</param>
    /// <returns>[count, 3, R, R], about -1..1.</returns>
    public static float[] Make(Model model, int count, ulong seed, Device device)
    {
        using StyleNetwork network = StyleNetwork.Create(model, new NetworkOptions { Device = device });
        using GradMode noGrad = Torch.NoGrad();
        int size = 3 * model.Card.Resolution * model.Card.Resolution;
        var pictures = new float[count * size];
        var z = new float[count * model.Card.ZDim];
        for (int i = 0; i < count; i++)
            Philox.Normal(seed ^ Purpose, (ulong)i, z.AsSpan(i * model.Card.ZDim, model.Card.ZDim));
        for (int first = 0; first < count; first += Batch)
        {
            using var scope = new TensorScope();
            int many = Math.Min(Batch, count - first);
            Tensor some = Tensor.From(z.AsSpan(first * model.Card.ZDim, many * model.Card.ZDim).ToArray(), many, model.Card.ZDim).To(device, ScalarType.Float32);
            int[] classes = model.Card.Classes == 0 ? [] : [.. Enumerable.Range(first, many).Select(i => i % model.Card.Classes)];
            Tensor made = network.Synthesize(network.Broadcast(network.Map(some, network.OneHot(classes))));
            made.To(Device.Cpu, ScalarType.Float32).ToArray<float>().CopyTo(pictures, first * size);
        }
        return pictures;
    }
}
