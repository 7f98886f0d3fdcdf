using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Tests;

/// <summary>Blocks, states and memory: nothing of them shows in the features.</summary>
public sealed class StreamTests
{
    private static readonly float[] s_music = Signals.Stereo(Signals.Music(6 * Hop.SampleRate + 1234));

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(333)]
    [InlineData(512)]
    [InlineData(100000)]
    public void FeaturesAreTheSameBitsWhateverTheBlockSize(int block)
    {
        List<FeatureFrame> expected = Hearing.Hops(s_music), hops = Hearing.Hops(s_music, block);
        Assert.Equal(expected.Count, hops.Count);
        for (int n = 0; n < hops.Count; n++)
            Assert.Equal(expected[n].Values, hops[n].Values);
        Rational fps = new(30000, 1001);
        List<FeatureFrame> expectedFrames = Hearing.Frames(s_music, fps), frames = Hearing.Frames(s_music, fps, block);
        Assert.Equal(expectedFrames.Count, frames.Count);
        for (int k = 0; k < frames.Count; k++)
            Assert.Equal(expectedFrames[k].Values, frames[k].Values);
    }

    [Theory]
    [InlineData(24, 1, 0)]
    [InlineData(30000, 1001, -1500)]
    [InlineData(60, 1, 4801)]
    [InlineData(240, 1, 0)]
    public void RestoredFrameFeaturesGoOnBitForBit(int numerator, int denominator, long offset)
    {
        Rational fps = new(numerator, denominator);
        List<FeatureFrame> expected = Frames(new FrameFeatures(Hearing.Timeline(fps), offset), new NormalizerFor(s_music), null, out _);
        foreach (int cut in new[] { 0, 1, 2, 17, 60, expected.Count / 2, expected.Count - 2, expected.Count })
        {
            List<FeatureFrame> first = Frames(new FrameFeatures(Hearing.Timeline(fps), offset), new NormalizerFor(s_music), cut, out MemoryStream state);
            state.Position = 0;
            var reader = new StateReader(state);
            var resumed = new FrameFeatures(Hearing.Timeline(fps), offset);
            var normalizer = new NormalizerFor(s_music);
            resumed.Restore(reader);
            normalizer.Stage.Restore(reader);
            Assert.Equal(state.Length, state.Position);
            Assert.Equal(cut, resumed.NextFrame);
            List<FeatureFrame> rest = Frames(resumed, normalizer, null, out _);
            Assert.Equal(expected.Count, first.Count + rest.Count);
            for (int k = 0; k < expected.Count; k++)
            {
                FeatureFrame frame = k < cut ? first[k] : rest[k - cut];
                Assert.Equal(expected[k].FirstSample, frame.FirstSample);
                Assert.Equal(expected[k].SampleCount, frame.SampleCount);
                Assert.Equal(expected[k].Values, frame.Values);
            }
        }
    }

    [Fact]
    public void StateSavedWhileWaitingForSoundGoesOnBitForBit()
    {
        // The stage has begun the next frame when the sound runs out.
        Rational fps = new(30, 1);
        List<FeatureFrame> expected = Hearing.Frames(s_music, fps);
        var first = new FrameFeatures(Hearing.Timeline(fps));
        var frames = new List<FeatureFrame>();
        var frame = new FeatureFrame(FeatureTable.Layout);
        first.Write(Hearing.Block(s_music, 0, 100001));
        while (first.TryRead(frame))
            frames.Add(Hearing.Copy(frame));
        var state = new MemoryStream();
        var writer = new StateWriter(state);
        first.Save(writer);
        writer.Flush();
        state.Position = 0;
        var second = new FrameFeatures(Hearing.Timeline(fps));
        second.Restore(new StateReader(state));
        second.Write(Hearing.Block(s_music, second.NextSample, 1000000));
        second.Complete(expected.Count);
        while (second.TryRead(frame))
            frames.Add(Hearing.Copy(frame));
        Assert.Equal(expected.Count, frames.Count);
        for (int k = 0; k < frames.Count; k++)
            Assert.Equal(expected[k].Values, frames[k].Values);
    }

    [Fact]
    public void RestoredExtractorGoesOnBitForBit()
    {
        List<FeatureFrame> expected = Hearing.Hops(s_music);
        var first = new FeatureExtractor();
        var hop = new FeatureFrame(FeatureTable.Layout);
        first.Write(Hearing.Block(s_music, 0, 150000));
        for (int n = 0; n < 100; n++)
            Assert.True(first.TryRead(hop));
        var state = new MemoryStream();
        var writer = new StateWriter(state);
        first.Save(writer);
        writer.Flush();
        state.Position = 0;
        var second = new FeatureExtractor();
        second.Restore(new StateReader(state));
        second.Write(Hearing.Block(s_music, second.NextSample, 1000000));
        second.Flush();
        for (int n = 100; n < expected.Count; n++)
        {
            Assert.True(second.TryRead(hop));
            Assert.Equal(expected[n].Values, hop.Values);
        }
        Assert.False(second.TryRead(hop));
    }

    [Fact]
    public void StateOfAnotherFrameRateIsRefused()
    {
        var state = new MemoryStream();
        var writer = new StateWriter(state);
        new FrameFeatures(Hearing.Timeline(new Rational(30, 1))).Save(writer);
        writer.Flush();
        state.Position = 0;
        Assert.Throws<InvalidDataException>(() => new FrameFeatures(Hearing.Timeline(new Rational(25, 1))).Restore(new StateReader(state)));
    }

    [Fact]
    public void ResetIsAsNew()
    {
        Rational fps = new(30, 1);
        List<FeatureFrame> expected = Hearing.Frames(s_music, fps);
        var features = new FrameFeatures(Hearing.Timeline(fps));
        var frame = new FeatureFrame(FeatureTable.Layout);
        features.Write(Hearing.Block(s_music, 0, 77777));
        while (features.TryRead(frame))
        {
        }
        features.Reset();
        features.Write(Hearing.Block(s_music, 0, 1000000));
        features.Complete(expected.Count);
        for (int k = 0; k < expected.Count; k++)
        {
            Assert.True(features.TryRead(frame));
            Assert.Equal(expected[k].Values, frame.Values);
        }
    }

    [Fact]
    public void SteadyStateAllocatesNothing()
    {
        var features = new FrameFeatures(Hearing.Timeline(new Rational(30000, 1001)));
        var scan = new TrackScan();
        var normalizer = new NormalizerFor(s_music).Stage;
        var running = new Normalizer(new RunningRanges());
        var frame = new FeatureFrame(FeatureTable.Layout);
        long at = 0;
        void Feed(int blocks)
        {
            for (int i = 0; i < blocks; i++, at += 480)
            {
                features.Write(Hearing.Block(s_music, at, 480));
                scan.Write(Hearing.Block(s_music, at, 480));
                while (features.TryRead(frame))
                {
                    normalizer.Apply(frame);
                    running.Apply(frame);
                }
            }
        }
        Feed(200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(300);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void GapsAndOtherFormatsAreRefused()
    {
        var features = new FrameFeatures(Hearing.Timeline(new Rational(30, 1)));
        Assert.Throws<ArgumentException>(() => features.Write(new AudioBlock(new float[20], 44100, 2, 0)));
        Assert.Throws<ArgumentException>(() => features.Write(new AudioBlock(new float[20], 48000, 1, 0)));
        Assert.Throws<ArgumentException>(() => features.Write(new AudioBlock(new float[20], 48000, 2, 5)));
        features.Write(new AudioBlock(new float[20], 48000, 2, 0));
        Assert.Throws<ArgumentException>(() => features.Write(new AudioBlock(new float[20], 48000, 2, 0)));
        features.Write(new AudioBlock(new float[20], 48000, 2, 10));
    }

    private static List<FeatureFrame> Frames(FrameFeatures features, NormalizerFor normalizer, int? stopAt, out MemoryStream state)
    {
        var frames = new List<FeatureFrame>();
        var frame = new FeatureFrame(FeatureTable.Layout);
        state = new MemoryStream();
        long total = features.Timeline.FrameCount(s_music.Length / 2);
        for (long at = features.NextSample; ; at += 1024)
        {
            if (at < s_music.Length / 2)
                features.Write(Hearing.Block(s_music, at, 1024));
            else
                features.Complete(total);
            while (frames.Count != stopAt && features.NextFrame < total && features.TryRead(frame))
            {
                normalizer.Stage.Apply(frame);
                frames.Add(Hearing.Copy(frame));
            }
            if (frames.Count == stopAt)
                break;
            if (at >= s_music.Length / 2)
                break;
        }
        var writer = new StateWriter(state);
        features.Save(writer);
        normalizer.Stage.Save(writer);
        writer.Flush();
        return frames;
    }
}
