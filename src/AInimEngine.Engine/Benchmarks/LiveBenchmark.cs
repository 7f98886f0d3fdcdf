using System.Diagnostics;
using System.Globalization;
using AInimEngine.Audio.Playback;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live;
using AInimEngine.Media;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>
/// A show in a real window to the demo track, beside a loop that waits for the same deadlines and does nothing: what the machine
/// alone makes late, no show can make punctual.
/// </summary>
public static class LiveBenchmark
{
    private static readonly (int Width, int Height, int Fps)[] s_cases = [(640, 360, 60), (1280, 720, 30)];

    /// <summary>Prints a row for each size.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="preset">What is played.</param>
    /// <param name="warm">Seconds before anything counts.</param>
    /// <param name="seconds">Seconds that count.</param>
    /// <param name="size">One size and rate only; null for both of the table.</param>
    /// <param name="worker">Program and arguments of a worker that makes the pictures; null for this process.</param>
    /// <param name="record">Each size three times: alone, with a recording, with a show log.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="AInimException">There is no display.</exception>
    public static void Run(TextWriter output, string preset, double warm, double seconds, (int Width, int Height, int Fps)? size, IReadOnlyList<string>? worker, bool record, CancellationToken cancellation)
    {
        output.WriteLine($"{preset}: {seconds} s after {warm} s");
        output.WriteLine($"{"size",10} {"due",4} {"shown/s",8} {"p50 ms",7} {"p99 ms",7} {"worst",6} {"skipped",8} {"work ms",8} {"generated/s",12} {"made in ms",11} {"level",6} {"shaders",8}   {"idle loop: p99",14} {"worst",6}");
        using var workers = new WorkerPool();
        foreach ((int width, int height, int fps) in size is { } one ? [one] : s_cases)
        {
            var settings = new LiveSettings
            {
                Presets = [preset],
                Width = width,
                Height = height,
                Fps = new Rational(fps, 1),
                OscPort = null,
                Worker = worker is null ? null : LiveSettings.WorkersOf(worker, workers),
                Length = TimeSpan.FromSeconds(warm + seconds),
            };
            Measure(output, settings, warm, "", cancellation);
            if (!record)
                continue;
            string folder = Directory.CreateTempSubdirectory("ainim-bench").FullName;
            try
            {
                Measure(output, settings with { Record = Path.Combine(folder, "bench.mkv") }, warm, "with a recording", cancellation);
                Measure(output, settings with { Log = Path.Combine(folder, "bench.show") }, warm, "with a show log", cancellation);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static void Measure(TextWriter output, LiveSettings settings, double warm, string beside, CancellationToken cancellation)
    {
        using var track = AudioFile.Open(Installation.DemoTrack, new Nobody(), tools: null, cancellation);
        using var source = FilePlayback.Start(track.Read, new FilePlaybackSettings { Device = null });
        using LiveHost host = LiveHost.Open(settings, source, new Nobody());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var idle = new FrameTimes();
        var control = new Thread(() => Idle(settings.Fps, warm, idle, stop.Token)) { Name = "idle loop" };
        long pictures = 0, begin = 0;
        bool counts = false;
        long start = Stopwatch.GetTimestamp();
        host.Shown = shown =>
        {
            if (counts || Stopwatch.GetElapsedTime(start).TotalSeconds < warm)
                return;
            counts = true;
            shown.Times.Reset();
            (pictures, begin) = (shown.GeneratorPictures, Stopwatch.GetTimestamp());
        };
        control.Start();
        host.Run(cancellation);
        double took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        stop.Cancel();
        control.Join();
        FrameTimes times = host.Times;
        if (host.Recorder.Current is { } recording)
            beside += FormattableString.Invariant($", {recording.Dropped} of {recording.Pictures + recording.Dropped} pictures dropped");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{$"{settings.Width}x{settings.Height}",10} {settings.Fps.Numerator,4} {times.Frames / took,8:f2} {times.IntervalMs(0.5),7:f1} {times.IntervalMs(0.99),7:f1} {times.LongestMs,6:f0} {times.Skipped,8} {times.WorkMs(0.5),8:f1} {(host.GeneratorPictures - pictures) / took,12:f1} {1000 * host.GeneratorLatency,11:f1} {host.Level,6} {host.WorkScale,8:f2}   {idle.IntervalMs(0.99),14:f1} {idle.LongestMs,6:f0}   {beside}"));
    }

    /// <summary>Waits for every frame's time, and for nothing else.</summary>
    private static void Idle(Rational fps, double warm, FrameTimes times, CancellationToken stop)
    {
        var clock = new LiveClock(fps);
        bool counts = false;
        while (!stop.IsCancellationRequested)
        {
            Deadline.Wait(clock.Due);
            long now = Stopwatch.GetTimestamp(), skipped = clock.Late;
            for (long i = 0; i <= skipped; i++)
                clock.Advance();
            if (!counts && clock.Now.Seconds > warm)
            {
                counts = true;
                times.Reset();
            }
            times.Take(now, now, skipped);
        }
    }

    private sealed class Nobody : IWarningSink
    {
        public void Warn(string message)
        {
        }
    }
}
