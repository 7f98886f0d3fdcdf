using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Tests;

/// <summary>Runs whole sounds through the stages.</summary>
internal static class Hearing
{
    internal static readonly Rational[] Rates = [new(24, 1), new(25, 1), new(30, 1), new(30000, 1001), new(60, 1)];

    internal static FrameTimeline Timeline(Rational fps) => new(fps, Hop.SampleRate);

    internal static List<FeatureFrame> Hops(float[] stereo, int block = 4096)
    {
        var extractor = new FeatureExtractor();
        var hops = new List<FeatureFrame>();
        var hop = new FeatureFrame(FeatureTable.Layout);
        for (int at = 0; at < stereo.Length; at += 2 * block)
        {
            extractor.Write(Block(stereo, at / 2, block));
            Drain();
        }
        extractor.Flush();
        Drain();
        return hops;

        void Drain()
        {
            while (extractor.TryRead(hop))
                hops.Add(Copy(hop));
        }
    }

    internal static List<FeatureFrame> Frames(float[] stereo, Rational fps, int block = 4096, long syncOffset = 0)
    {
        long total = Timeline(fps).FrameCount(stereo.Length / 2);
        var features = new FrameFeatures(Timeline(fps), syncOffset);
        var frames = new List<FeatureFrame>();
        var frame = new FeatureFrame(FeatureTable.Layout);
        for (int at = 0; at < stereo.Length; at += 2 * block)
        {
            features.Write(Block(stereo, at / 2, block));
            Drain();
        }
        features.Complete(total);
        Drain();
        return frames;

        void Drain()
        {
            // With a positive offset more frames become ready than the video has.
            while (features.NextFrame < total && features.TryRead(frame))
                frames.Add(Copy(frame));
        }
    }

    internal static AudioBlock Block(float[] stereo, long first, int length) =>
        new(stereo.AsSpan((int)first * 2, Math.Min(length * 2, stereo.Length - (int)first * 2)), Hop.SampleRate, Hop.Channels, first);

    internal static FeatureFrame Copy(FeatureFrame frame)
    {
        var copy = new FeatureFrame(frame.Layout);
        copy.CopyFrom(frame);
        return copy;
    }

    internal static float Value(this FeatureFrame frame, string name, int index = 0) => frame.Values[frame.Layout.OffsetOf(name) + index];

    internal static ReadOnlySpan<float> Field(this FeatureFrame frame, string name, int length) => frame.Values.AsSpan(frame.Layout.OffsetOf(name), length);
}
