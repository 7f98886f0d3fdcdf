using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>The onsets over the whole band that the engine's features tell of.</summary>
internal static class EngineOnsets
{
    /// <summary>Decades of mean rise: less is no note.</summary>
    private const float Least = 0.08f;

    internal static double[] Find(float[] stereo)
    {
        var analyzer = new HopAnalyzer();
        var hop = new FeatureFrame(FeatureTable.Layout);
        var onsets = new List<double>();
        var silence = new float[2 * Hop.Half];
        int whole = stereo.Length / silence.Length, after = HopAnalyzer.Latency / Hop.Half + 2;
        for (int half = 0; half < whole + after; half++)
        {
            if (!analyzer.Push(half < whole ? stereo.AsSpan(half * silence.Length, silence.Length) : silence, hop))
                continue;
            ReadOnlySpan<float> features = hop.Values.AsSpan(FeatureTable.RawOffset);
            if (features[Slot.Onset] >= Least)
                onsets.Add((hop.FirstSample + features[Slot.OnsetAt]) / Hop.SampleRate);
        }
        onsets.Sort();
        return [.. onsets];
    }
}
