using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>The onsets over the whole band that the engine's features tell of.</summary>
internal static class EngineOnsets
{
    /// <summary>Seconds of the onsets of at least a strength.</summary>
    /// <param name="stereo">Interleaved, 48 kHz.</param>
    /// <param name="least">Decades of mean rise: less is no note.</param>
    internal static double[] Find(float[] stereo, float least)
    {
        // A frame for each hop: no two onsets of a curve are nearer.
        var features = new FrameFeatures(new FrameTimeline(new Rational(Hop.SampleRate, Hop.Size), Hop.SampleRate));
        features.Write(new AudioBlock(stereo, Hop.SampleRate, Hop.Channels, 0));
        features.Complete(stereo.Length / Hop.Channels / Hop.Size);
        var frame = new FeatureFrame(FeatureTable.Layout);
        var onsets = new List<double>();
        while (features.TryRead(frame))
        {
            ReadOnlySpan<float> raw = frame.Values.AsSpan(FeatureTable.RawOffset);
            if (raw[Slot.Onset] >= least)
                onsets.Add((frame.FirstSample + raw[Slot.OnsetAt]) / (double)Hop.SampleRate);
        }
        return [.. onsets];
    }
}
