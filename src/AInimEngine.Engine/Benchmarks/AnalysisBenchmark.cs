using System.Diagnostics;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Randomness;
using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>Cost of hearing.</summary>
public static class AnalysisBenchmark
{
    private const int Rate = 48000, BlockLength = 2048, Minutes = 4;

    /// <summary>Prints the cost of both passes, of live hearing and of the loudness meter over four minutes of noise, as a share of one core and in seconds.</summary>
    public static void Run(TextWriter output)
    {
        var block = new float[BlockLength * 2];
        Philox.Uniform(1, 1, block);
        for (int i = 0; i < block.Length; i++)
            block[i] = (block[i] - 0.5f) * 0.5f;

        var scan = new TrackScan();
        long start = Stopwatch.GetTimestamp();
        for (long position = 0; position < (long)Minutes * 60 * Rate; position += BlockLength)
            scan.Write(new AudioBlock(block, Rate, 2, position));
        TrackSummary summary = scan.Complete();
        Report(output, "first pass (ranges)", start);

        var frames = new FrameFeatures(new FrameTimeline(new Rational(30, 1), Rate));
        var normalizer = new Normalizer(new TrackRanges(summary));
        var frame = new FeatureFrame(FeatureTable.Layout);
        start = Stopwatch.GetTimestamp();
        for (long position = 0; position < (long)Minutes * 60 * Rate; position += BlockLength)
        {
            frames.Write(new AudioBlock(block, Rate, 2, position));
            while (frames.TryRead(frame))
                normalizer.Apply(frame);
        }
        Report(output, "second pass (frames)", start);

        var live = new LiveAnalyzer();
        start = Stopwatch.GetTimestamp();
        for (long position = 0; position < (long)Minutes * 60 * Rate; position += BlockLength)
        {
            live.Write(new AudioBlock(block, Rate, 2, position));
            while (live.TryRead(frame))
            {
            }
        }
        Report(output, "live", start);

        var meter = new LoudnessMeter(Rate, 2);
        start = Stopwatch.GetTimestamp();
        for (long position = 0; position < (long)Minutes * 60 * Rate; position += BlockLength)
            meter.Write(new AudioBlock(block, Rate, 2, position));
        Report(output, "loudness meter", start);
    }

    private static void Report(TextWriter output, string name, long start)
    {
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"{name,-22} {seconds:f2} s for {Minutes} minutes of sound, {seconds / (Minutes * 60) * 100:f2} % of one core in real time");
    }
}
