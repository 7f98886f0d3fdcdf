using System.Diagnostics;
using System.Globalization;
using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Benchmarks;

/// <summary>How well a model finds pictures again that it made itself.</summary>
public static class ProjectionBenchmark
{
    /// <summary>Pictures by the seeds of their z: chosen before any was measured.</summary>
    public static IReadOnlyList<ulong> Seeds { get; } = [1, 5, 12, 20, 38, 77, 90, 101, 140, 200, 233, 300];

    /// <summary>Runs it, a line a seed as it comes.</summary>
    /// <param name="output">Where the table goes.</param>
    /// <param name="model">A model without classes.</param>
    /// <param name="settings">How it is searched.</param>
    /// <param name="cancellation">Ends after the search in hand.</param>
    public static void Run(TextWriter output, Model model, ProjectionSettings settings, CancellationToken cancellation)
    {
        using StyleNetwork network = StyleNetwork.Create(model);
        output.WriteLine($"{model.Card.Name}: {settings.Steps} steps, {settings.Candidates} starts");
        output.WriteLine("seed  PSNR dB  seconds");
        var found = new List<double>();
        foreach (ulong seed in Seeds)
        {
            if (cancellation.IsCancellationRequested)
                break;
            using var scope = new TensorScope();
            Tensor target;
            using (Torch.NoGrad())
                target = network.Synthesize(network.Broadcast(network.Map(network.SeedZ(seed))));
            long begin = Stopwatch.GetTimestamp();
            ProjectionResult result = new Projection(network, settings).Run(target, null, cancellation);
            found.Add(result.Psnr);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed,4} {result.Psnr,8:0.0} {Stopwatch.GetElapsedTime(begin).TotalSeconds,8:0}"));
        }
        found.Sort();
        if (found.Count > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"least {found[0]:0.0}, median {found[found.Count / 2]:0.0} dB; {found.Count(psnr => psnr >= 30)} of {found.Count} reach 30 dB"));
    }
}
