using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Structure;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

/// <summary>Runs whole sounds through key and structure, and scores boundaries.</summary>
internal static class Structures
{
    internal static ChromaTrack Chroma(float[] stereo, int block = 4096)
    {
        var meter = new ChromaMeter();
        for (int at = 0; at < stereo.Length / 2; at += block)
            meter.Write(Hearing.Block(stereo, at, block));
        return meter.Complete();
    }

    internal static StructureFeatures Features(float[] stereo)
    {
        var listener = new StructureListener();
        var scan = new TrackScan([listener]);
        for (int at = 0; at < stereo.Length / 2; at += 4096)
            scan.Write(Hearing.Block(stereo, at, 4096));
        scan.Complete();
        return listener.Complete();
    }

    internal static StructureReport Report(float[] stereo, BeatTrack beats) =>
        StructureAnalyzer.Analyze(Features(stereo), Chroma(stereo), beats, stereo.Length / 2.0 / Hop.SampleRate);

    /// <summary>Beats of 120 a minute.</summary>
    internal static BeatTrack Beats(double duration, double confidence = 0.9)
    {
        int count = (int)(duration * 2);
        return new BeatTrack([.. Enumerable.Range(0, count).Select(i => i / 2.0)], [.. Enumerable.Range(0, count).Select(i => i % 4 + 1)], 4, confidence, 0.8);
    }

    /// <summary>Harmonic mean of precision and recall of inner boundaries, each matched once within a window.</summary>
    internal static double BoundaryF(IReadOnlyList<double> truth, IReadOnlyList<double> found, double window)
    {
        int hits = 0;
        for (int t = 0, f = 0; t < truth.Count && f < found.Count;)
        {
            if (Math.Abs(truth[t] - found[f]) <= window)
                (hits, t, f) = (hits + 1, t + 1, f + 1);
            else if (truth[t] < found[f])
                t++;
            else
                f++;
        }
        return truth.Count + found.Count == 0 ? 1 : 2.0 * hits / (truth.Count + found.Count);
    }
}
