namespace AInimEngine.Analysis.Beats;

/// <summary>How much of the likelihood in a track a row of beats takes up: what tells a tempo from its half and its double.</summary>
/// <param name="Mass">Mean sum of the likelihood around a beat, 0 to about 4.</param>
/// <param name="HalfMass">The same half-way between beats.</param>
/// <param name="Share">Share of all likelihood that lies around beats, 0..1.</param>
/// <param name="HalfShare">Share that lies half-way between them.</param>
/// <param name="Pairs">Share of all likelihood of downbeats that lies around every second beat, for the better choice.</param>
/// <param name="Fours">The same around every fourth.</param>
internal readonly record struct BeatSupport(double Mass, double HalfMass, double Share, double HalfShare, double Pairs, double Fours)
{
    /// <summary>Frames to either side of a beat that count.</summary>
    private const int Around = 3;

    /// <summary>Reads what supports a row of beats.</summary>
    /// <param name="beats">Frames on which beats fall; two or more.</param>
    /// <param name="beat">Likelihood of a beat per frame.</param>
    /// <param name="downbeat">Likelihood of a downbeat per frame.</param>
    internal static BeatSupport Of(List<int> beats, ReadOnlySpan<float> beat, ReadOnlySpan<float> downbeat)
    {
        double on = 0, half = 0;
        Span<double> bars = stackalloc double[4];
        for (int i = 0; i + 1 < beats.Count; i++)
        {
            on += Sum(beat, beats[i]);
            half += Sum(beat, (int)Math.Round(beats[i] + 0.5 * (beats[i + 1] - beats[i])));
            bars[i % 4] += Sum(downbeat, beats[i]);
        }
        double all = Math.Max(Sum(beat), 1e-3), allBars = Math.Max(Sum(downbeat), 1e-3);
        double pairs = Math.Max(bars[0] + bars[2], bars[1] + bars[3]);
        double fours = Math.Max(Math.Max(bars[0], bars[1]), Math.Max(bars[2], bars[3]));
        return new BeatSupport(on / beats.Count, half / beats.Count, on / all, half / all, pairs / allBars, fours / allBars);
    }

    private static double Sum(ReadOnlySpan<float> likelihood, int centre)
    {
        int first = Math.Max(0, centre - Around), end = Math.Min(likelihood.Length, centre + Around + 1);
        return first < end ? Sum(likelihood[first..end]) : 0;
    }

    private static double Sum(ReadOnlySpan<float> likelihood)
    {
        double sum = 0;
        foreach (float x in likelihood)
            sum += float.IsFinite(x) ? x : 0;
        return sum;
    }
}
