using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Benchmarks;
using AInimEngine.Neural.Benchmarks;
using AInimEngine.Neural.Latents;
using AInimEngine.Training.Benchmarks;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim bench</c>: the figures of docs/benchmarks.md, made on this machine.</summary>
public static class BenchVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create() => new("bench", "Measure this machine: the figures of docs/benchmarks.md.")
    {
        Render(),
        Simple("torch", "Cost of calling libtorch from C#, against the same calls in C++.", () => TorchBenchmark.Run(Console.Out)),
        Simple("gl", "Cost of the shader passes.", () => Rendering.Benchmarks.RenderBenchmark.Run(Console.Out)),
        Simple("window", "Cost of a frame of a live show, in a window.", () => Rendering.Benchmarks.WindowBenchmark.Run(Console.Out)),
        Live(),
        Soak(),
        Decode(),
        Worker(),
        Projection(),
        Train(),
        Simple("analysis", "Cost of hearing, as a share of one core.", () => AnalysisBenchmark.Run(Console.Out)),
    };

    private static Command Render()
    {
        var seconds = new Option<double>("--seconds") { Description = "Length of the stretch of the demo track.", DefaultValueFactory = _ => 20 };
        var runs = new Option<int>("--runs") { Description = "Runs; the median is what counts.", DefaultValueFactory = _ => 3 };
        var options = new RenderOptions();
        var command = new Command("render", "Speed of a render against real time, and time per stage.") { seconds, runs };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!(parsed.GetValue(seconds) is > 0 and <= 600) || parsed.GetValue(runs) is < 1 or > 100)
                throw new AInimException(ExitCode.Usage, "--seconds takes 0 to 600 and --runs 1 to 100.");
            await RenderSpeedBenchmark.RunAsync(
                options.Read(parsed, Engine.Installation.DemoTrack, Path.Combine(Path.GetTempPath(), "ainim-bench.mp4")),
                parsed.GetValue(seconds), parsed.GetValue(runs), Console.Out, cancellation);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Live()
    {
        var seconds = new Option<double>("--seconds") { Description = "Seconds that count, of each size.", DefaultValueFactory = _ => 20 };
        var warm = new Option<double>("--warm") { Description = "Seconds before anything counts.", DefaultValueFactory = _ => 5 };
        var preset = new Option<string>("--preset") { Description = "What is played.", DefaultValueFactory = _ => Engine.Offline.RenderRequest.DefaultPreset };
        var noWorker = new Option<bool>("--no-worker") { Description = "Pictures are made in this process, not in a worker." };
        var record = new Option<bool>("--record") { Description = "Each size also with a recording, and with a show log." };
        var command = new Command("live", "Pictures a second of a show in a window, beside a loop that only waits.") { seconds, warm, preset, noWorker, record };
        command.SetAction((parsed, cancellation) =>
        {
            if (!(parsed.GetValue(seconds) is > 0 and <= 3600) || !(parsed.GetValue(warm) is >= 0 and <= 600))
                throw new AInimException(ExitCode.Usage, "--seconds takes 0 to 3600 and --warm 0 to 600.");
            LiveBenchmark.Run(Console.Out, parsed.GetValue(preset)!, parsed.GetValue(warm), parsed.GetValue(seconds), null, parsed.GetValue(noWorker) ? null : WorkerVerb.Command, parsed.GetValue(record), cancellation);
            return Task.FromResult((int)ExitCode.Success);
        });
        return command;
    }

    private static Command Soak()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 30 };
        var command = new Command("soak", "A show under trouble: does its memory grow, do its frames come in time?") { minutes };
        command.SetAction((parsed, cancellation) =>
        {
            if (!(parsed.GetValue(minutes) is >= 0.5 and <= 10_000))
                throw new AInimException(ExitCode.Usage, "--minutes takes 0.5 to 10000.");
            SoakRun.Run(new SoakSettings { Length = TimeSpan.FromMinutes(parsed.GetValue(minutes)), Worker = WorkerVerb.Command }, Console.Out, cancellation).Write(Console.Out);
            return Task.FromResult((int)ExitCode.Success);
        });
        return command;
    }

    private static Command Worker()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds of twenty pictures; best and median count.", DefaultValueFactory = _ => 20 };
        var command = new Command("worker", "What a picture costs more when a process of its own makes it.") { rounds };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(rounds) is < 1 or > 1_000_000)
                throw new AInimException(ExitCode.Usage, "--rounds takes 1 to 1000000.");
            WorkerBenchmark.Run(Console.Out, WorkerVerb.Command, parsed.GetValue(rounds));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Projection()
    {
        var model = new Option<string>("--model", "-m") { Description = "A model without classes, by name or file.", DefaultValueFactory = _ => "flames64" };
        var steps = new Option<int>("--steps") { Description = "Steps of descent.", DefaultValueFactory = _ => new ProjectionSettings().Steps };
        var command = new Command("projection", "How well a model finds twelve pictures again that it made itself.") { model, steps };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(steps) is < 1 or > 100_000)
                throw new AInimException(ExitCode.Usage, "--steps takes 1 to 100000.");
            ProjectionBenchmark.Run(Console.Out, Engine.InstalledModels.Library().Open(parsed.GetValue(model)!), new ProjectionSettings { Steps = parsed.GetValue(steps) }, cancellation);
            return Task.FromResult((int)ExitCode.Success);
        });
        return command;
    }

    private static Command Decode()
    {
        var quick = new Option<bool>("--quick") { Description = "Only the style networks that have a bar to meet." };
        var command = new Command("decode", "Pictures a second of the style networks and of field, by size and precision.") { quick };
        command.SetAction(parsed =>
        {
            DecodeBenchmark.Run(Console.Out, parsed.GetValue(quick));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Train()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds of sixteen steps; best and median count.", DefaultValueFactory = _ => 3 };
        var size = new Option<int?>("--size") { Description = "One resolution only; 64 and 128 if left out." };
        var python = new Option<string>("--python") { Description = "A Python that has torch, for the comparison.", DefaultValueFactory = _ => "python3" };
        var command = new Command("train", "Pictures a second of training, beside plain PyTorch where there is one.") { rounds, size, python };
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetValue(rounds) is < 1 or > 1000 || parsed.GetValue(size) is { } given && (given is < 16 or > 512 || !int.IsPow2(given)))
                throw new AInimException(ExitCode.Usage, "--rounds takes 1 to 1000 and --size a power of two, 16 to 512.");
            TrainBenchmark.Run(
                Console.Out, Path.Combine(Engine.Installation.Root, "tests", "oracles", "train_step.py"), parsed.GetValue(python)!,
                parsed.GetValue(rounds), parsed.GetValue(size) is { } one ? [one] : [64, 128], cancellation);
            return Task.FromResult((int)ExitCode.Success);
        });
        return command;
    }

    private static Command Simple(string name, string description, Action run)
    {
        var command = new Command(name, description);
        command.SetAction(_ =>
        {
            run();
            return (int)ExitCode.Success;
        });
        return command;
    }
}
