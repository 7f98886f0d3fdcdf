using System.Diagnostics;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Randomness;
using AInimEngine.Core.Time;
using AInimEngine.Media;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>Cost of hearing.</summary>
public static class AnalysisBenchmark
{
    private const int Rate = 48000, BlockLength = 2048, Minutes = 4;

    /// <summary>Prints what hearing costs: both passes, live features and the loudness meter over four minutes of noise, the whole of it over four minutes of music.</summary>
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
        Report(output, "live features", start);

        var meter = new LoudnessMeter(Rate, 2);
        start = Stopwatch.GetTimestamp();
        for (long position = 0; position < (long)Minutes * 60 * Rate; position += BlockLength)
            meter.Write(new AudioBlock(block, Rate, 2, position));
        Report(output, "loudness meter", start);
        Music(output);
    }

    /// <summary>The demo track over and over for four minutes, since music costs more than noise: beats, keys and sections are found in it.</summary>
    private static void Music(TextWriter output)
    {
        var song = new float[(long)Minutes * 60 * Rate * 2];
        using (AudioFile track = AudioFile.Open(Installation.DemoTrack))
        {
            long decoding = Stopwatch.GetTimestamp();
            int length = 0;
            for (int read; (read = track.Read(song.AsSpan(2 * length, Math.Min(2 * BlockLength, song.Length - 2 * length)))) > 0;)
                length += read;
            double seconds = Stopwatch.GetElapsedTime(decoding).TotalSeconds;
            output.WriteLine($"{"decoding",-22} {seconds * Minutes * 60 * Rate / length:f2} s for {Minutes} minutes of sound");
            for (int at = 2 * length; at < song.Length; at += 2 * length)
                song.AsSpan(0, Math.Min(2 * length, song.Length - at)).CopyTo(song.AsSpan(at));
        }
        for (int run = 1; run <= 2; run++)
        {
            var hearing = new TrackHearing();
            long start = Stopwatch.GetTimestamp();
            for (int at = 0; at < song.Length; at += 2 * BlockLength)
                hearing.Write(new AudioBlock(song.AsSpan(at, Math.Min(2 * BlockLength, song.Length - at)), Rate, 2, at / 2));
            hearing.Complete(new LoudnessReport(-70, -70, -70, 0, -200));
            Report(output, $"whole track, run {run}", start);
        }
        var live = new LiveHearing();
        long began = Stopwatch.GetTimestamp();
        for (int at = 0; at < song.Length; at += 2 * BlockLength)
            live.Write(new AudioBlock(song.AsSpan(at, Math.Min(2 * BlockLength, song.Length - at)), Rate, 2, at / 2));
        Report(output, "live with beats", began);
    }

    private static void Report(TextWriter output, string name, long start)
    {
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine($"{name,-22} {seconds:f2} s for {Minutes} minutes of sound, {seconds / (Minutes * 60) * 100:f2} % of one core in real time");
    }
}
