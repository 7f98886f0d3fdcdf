using AInimEngine.Analysis.Ranges;

namespace AInimEngine.Analysis.Tests;

/// <summary>Scans a sound and makes the normaliser of it.</summary>
internal sealed class NormalizerFor
{
    internal NormalizerFor(float[] stereo)
    {
        var scan = new TrackScan();
        for (int at = 0; at < stereo.Length / 2; at += 4096)
            scan.Write(Hearing.Block(stereo, at, 4096));
        Summary = scan.Complete();
        Stage = new Normalizer(new TrackRanges(Summary));
    }

    internal TrackSummary Summary { get; }

    internal Normalizer Stage { get; }
}
