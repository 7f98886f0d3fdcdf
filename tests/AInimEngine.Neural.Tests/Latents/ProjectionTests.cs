using System.Diagnostics;
using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Tests.Networks;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Pictures are found again in latent space.</summary>
public sealed class ProjectionTests : NativeTensorTest
{
    [Theory]
    [InlineData("flames64")]
    [InlineData("sg2")]
    public void Probe(string which)
    {
        using var scope = new TensorScope();
        Model model = which == "sg2"
            ? ModelFactory.Random(TestModels.Card(ModelArchitecture.Sg2, 64, width: 64) with { Channels = ModelFactory.Channels(64, 1024, 64) }, 1)
            : ModelFile.Open("/tmp/wt/networks/presets/models/flames64.safetensors");
        using StyleNetwork network = StyleNetwork.Create(model);
        foreach (ulong seed in new ulong[] { 77, 78 })
        {
            Tensor target;
            using (Torch.NoGrad())
                target = network.Synthesize(network.Broadcast(network.Map(network.SeedZ(seed))));
            foreach ((double rate, double share, double rateW) in new[] { (0.05, 0.3, 0.1), (0.02, 0.5, 0.1), (0.1, 0.3, 0.1), (0.05, 0.5, 0.05) })
            {
                long start = Stopwatch.GetTimestamp();
                double atW = 0;
                ProjectionResult result = new Projection(network, new ProjectionSettings { RateWPlus = rate, ShareOfW = share, RateW = rateW })
                    .Run(target, (step, d) => { if (step == (int)(500 * share)) atW = d; });
                File.AppendAllText("/tmp/proj", $"{which} {seed} plus {rate} share {share} w {rateW}: {result.Psnr:0.00} dB, {result.Distance:0.0000} at W {atW:0.0000} {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s\n");
            }
        }
    }
}
