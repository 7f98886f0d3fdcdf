using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>How fast a render is against real time, with each stage's share.</summary>
public static class RenderSpeedBenchmark
{
    /// <summary>Renders a stretch several times, prints a row a run and the median, and removes the files.</summary>
    public static async Task RunAsync(RenderRequest request, double seconds, int runs, TextWriter output, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("ainim-bench-").FullName;
        try
        {
            request = request with { Output = Path.Combine(folder, "bench.mp4"), FromSeconds = request.FromSeconds, ToSeconds = request.FromSeconds + seconds, Overwrite = true };
            output.WriteLine($"render: {seconds:g4} s of the demo track, {request.Width}x{request.Height} at {request.Fps} fps, preset {request.Preset}");
            output.WriteLine($"{"run",4} {"x real time",12} {"fps",7} {"CPU ms/frame",13}   busy ms/frame: {string.Join(", ", StageTimes.Names)}; encoder process");
            var ratios = new List<double>();
            for (int run = 1; run <= Math.Max(1, runs); run++)
                ratios.Add(await RunOnceAsync(request, run, output, cancellation));
            ratios.Sort();
            output.WriteLine($"median {ratios[ratios.Count / 2]:f2} x real time, best {ratios[^1]:f2}; above 1 is faster than the music");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> RunOnceAsync(RenderRequest request, int run, TextWriter output, CancellationToken cancellation)
    {
        using OfflineHost host = await OfflineHost.OpenAsync(request, new Silence(), cancellation);
        double children = ChildCpuSeconds();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await host.RunAsync(cancellation);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double own = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, encoder = ChildCpuSeconds() - children;
        double frames = host.Plan.FrameCount, ratio = host.Plan.DurationSeconds / elapsed;
        string stages = string.Join(", ", StageTimes.Names.Select((name, i) => $"{name} {host.Times.Seconds((Stage)i) / frames * 1000:f1}"));
        output.WriteLine($"{run,4} {ratio,12:f2} {frames / elapsed,7:f1} {(own + encoder) / frames * 1000,13:f1}   {stages}; encoder {encoder / frames * 1000:f1}");
        return ratio;
    }

    // Processor time of ended children (ffmpeg), from the kernel's account of this process: fields 16 and 17 of stat.
    private static double ChildCpuSeconds()
    {
        const string stat = "/proc/self/stat";
        if (!File.Exists(stat))
            return 0;
        string text = File.ReadAllText(stat);
        string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13]) + long.Parse(fields[14])) / 100.0;
    }

    private sealed class Silence : IWarningSink
    {
        public void Warn(string message)
        {
        }
    }
}
