using System.Diagnostics;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural;
using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Benchmarks;

/// <summary>
/// Pictures a second of training, beside the same networks and losses in plain PyTorch. All take turns, a round of as many
/// steps as there are from one gradient penalty to the next, so that what else the machine does falls on each alike; the
/// time of processors is told too, which such things disturb least.
/// </summary>
public static class TrainBenchmark
{
    private const int Pictures = 64;

    /// <summary>Measures and prints; takes minutes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="script">tests/oracles/train_step.py; what it would say is left out where it is not there.</param>
    /// <param name="python">Name or path of the Python that has torch.</param>
    /// <param name="rounds">Rounds of each; best and median count.</param>
    /// <param name="sizes">Resolutions.</param>
    /// <param name="cancellation">Ends it after the round that runs.</param>
    public static void Run(TextWriter output, string script, string python, int rounds, IReadOnlyList<int> sizes, CancellationToken cancellation = default)
    {
        TorchInfo info = TorchInfo.Read();
        output.WriteLine($"libtorch {info.Version}, {info.CpuCapability}, {info.Threads} threads; SM base 2048, a penalty every 16 steps");
        foreach (int size in sizes)
        {
            var settings = new TrainingSettings
            {
                Resolution = size,
                Batch = TrainingRecipe.Batch(size),
                R1Gamma = TrainingRecipe.R1Gamma(size),
                AverageKimg = TrainingRecipe.AverageKimg(TrainingRecipe.Batch(size)),
            };
            using var pictures = new ArrayTrainingSet(Noise(size), size);
            List<Contender> contenders = [];
            try
            {
                foreach (bool isBf16 in (bool[])[false, true])
                {
                    TrainingSettings wanted = settings with { Bf16 = isBf16 };
                    string precision = isBf16 ? "bf16" : "fp32";
                    contenders.Add(Contender.Of($"ainim {precision}", wanted, Trainer.Create(wanted, pictures)));
                    if (File.Exists(script) && PlainTorch.Start(python, script, wanted, info.Threads) is { } torch)
                        contenders.Add(Contender.Of($"PyTorch {torch.Version} {precision}{(isBf16 ? " autocast" : "")}", wanted, torch));
                }
                for (int round = 0; round < rounds && !cancellation.IsCancellationRequested; round++)
                    foreach (Contender contender in contenders)
                        contender.Run();
                Print(output, settings, contenders);
            }
            finally
            {
                foreach (Contender contender in contenders)
                    contender.Dispose();
            }
        }
        if (!File.Exists(script))
            output.WriteLine($"without PyTorch beside it: {script} is not there");
    }

    private static void Print(TextWriter output, TrainingSettings settings, List<Contender> contenders)
    {
        output.WriteLine();
        output.WriteLine($"{settings.Resolution}x{settings.Resolution}, batch {settings.Batch}: pictures a second, best and median; ms of processors a picture, best");
        foreach (Contender contender in contenders)
            output.WriteLine($"  {contender.Name,-28} {contender.Best,7:F1} {contender.Median,7:F1}   {1000 * contender.Processor,7:F1}");
        Contender[] others = [.. contenders.Where(contender => contender.IsOther)];
        foreach (Contender other in others)
            foreach (Contender own in contenders.Where(contender => !contender.IsOther))
                output.WriteLine($"  {own.Name} / {other.Name}: best {own.Best / other.Best:F2}, median {own.Median / other.Median:F2}, processors {other.Processor / own.Processor:F2}");
        if (others.Length == 0)
            output.WriteLine("  no PyTorch beside it: name a Python that has torch with --python (Debian: /usr/bin/python3 with python3-torch)");
    }

    private static byte[] Noise(int size)
    {
        var values = new float[Pictures * 3 * size * size];
        Philox.Uniform(1, 0, values);
        return Array.ConvertAll(values, value => (byte)(256 * value));
    }

    // One of those that take turns.
    private sealed class Contender(string name, TrainingSettings settings, IDisposable owned, Func<(double Wall, double Processor)> round) : IDisposable
    {
        private readonly List<double> _wall = [], _processor = [];

        public string Name => name;

        public bool IsOther => owned is PlainTorch;

        public double Best => Count / _wall.Min();

        public double Median => Count / _wall.Order().ElementAt(_wall.Count / 2);

        public double Processor => _processor.Min() / Count;

        private double Count => settings.R1Every * settings.Batch;

        public static Contender Of(string name, TrainingSettings settings, PlainTorch torch) => new(name, settings, torch, torch.Round);

        public static Contender Of(string name, TrainingSettings settings, Trainer trainer)
        {
            // The first step sets up what later ones find; the round that it belongs to is left out.
            for (int i = 0; i < settings.R1Every; i++)
                trainer.Step();
            return new(name, settings, trainer, () =>
            {
                long start = Stopwatch.GetTimestamp();
                TimeSpan processor = Environment.CpuUsage.TotalTime;
                for (int i = 0; i < settings.R1Every; i++)
                    trainer.Step();
                return (Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
            });
        }

        public void Run()
        {
            (double wall, double processor) = round();
            _wall.Add(wall);
            _processor.Add(processor);
        }

        public void Dispose() => owned.Dispose();
    }
}
