using System.Diagnostics;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>What a picture costs more when a worker process makes it.</summary>
public static class WorkerBenchmark
{
    private static readonly (int Width, int Height)[] Sizes = [(8, 8), (320, 180), (640, 360)];

    /// <summary>Prints milliseconds a picture here and in a worker: best and median of the rounds, which take turns.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="command">Program and arguments of a worker.</param>
    /// <param name="rounds">Rounds of twenty pictures for each.</param>
    public static void Run(TextWriter output, IReadOnlyList<string> command, int rounds = 20)
    {
        var description = new GeneratorDescription { Field = new FieldSettings { Universe = 7 } };
        using IGenerator here = GeneratorFactory.Create(description);
        long start = Stopwatch.GetTimestamp();
        using WorkerGenerator there = WorkerGenerator.Start(new WorkerSettings(command), description.ToJson());
        output.WriteLine($"worker {there.WorkerId} of process {Environment.ProcessId}, ready after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:f0} ms");
        output.WriteLine($"{"size",9} {"here: best",11} {"median",8} {"worker: best",13} {"median",8} {"more: best",11} {"median",8}   ms a picture");
        foreach ((int width, int height) in Sizes)
        {
            using var picture = new Image(width, height, PixelFormat.Rgba16F);
            var frame = new ControlFrame(new FrameLayout(here.Inputs)) { Time = new FrameTime(0, new Rational(30, 1)) };
            here.Sample(1, frame.Values.AsSpan(0, here.Latents.Size));
            here.DefaultInputs(frame.Values.AsSpan(here.Latents.Size));
            double[] inside = new double[rounds], outside = new double[rounds];
            Round(here, frame, picture);
            Round(there, frame, picture);
            for (int round = 0; round < rounds; round++)
            {
                inside[round] = Round(here, frame, picture);
                outside[round] = Round(there, frame, picture);
            }
            Array.Sort(inside);
            Array.Sort(outside);
            (double best, double median, double workerBest, double workerMedian) = (inside[0], inside[rounds / 2], outside[0], outside[rounds / 2]);
            output.WriteLine($"{$"{width}x{height}",9} {best,11:f3} {median,8:f3} {workerBest,13:f3} {workerMedian,8:f3} {workerBest - best,11:f3} {workerMedian - median,8:f3}");
        }
    }

    private static double Round(IGenerator generator, ControlFrame frame, Image picture)
    {
        const int pictures = 20;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < pictures; i++)
            generator.Decode(frame, [], picture);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / pictures;
    }
}
