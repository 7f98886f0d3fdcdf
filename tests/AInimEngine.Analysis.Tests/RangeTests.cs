using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Randomness;
using AInimEngine.Core.Time;

namespace AInimEngine.Analysis.Tests;

/// <summary>Normalised features: full use of 0..1 where something happens, and stillness where nothing does.</summary>
public sealed class RangeTests
{
    private const int Second = Hop.SampleRate;
    private static readonly Rational s_fps = new(30, 1);

    [Fact]
    public void AClickASecondReadsNearOneAtEachClickAndZeroBetween()
    {
        long[] clicks = [.. Enumerable.Range(1, 20).Select(i => (long)i * Second + i * 37)];
        List<FeatureFrame> frames = Normalised(Signals.Clicks(clicks, 0.8f, 22 * Second));
        var at = clicks.Select(c => Hearing.Timeline(s_fps).FrameOf(c)).ToHashSet();
        for (int k = 0; k < frames.Count; k++)
        {
            if (at.Contains(k))
                Assert.InRange(frames[k].Value("onset"), 0.85f, 1);
            else
                Assert.Equal(0, frames[k].Value("onset"));
        }
    }

    [Fact]
    public void ClicksInFaintHissStillStandAloneNearOne()
    {
        long[] clicks = [.. Enumerable.Range(1, 20).Select(i => (long)i * Second + i * 37)];
        float[] sound = Signals.Noise(31, 0.004f, 22 * Second);
        foreach (long click in clicks)
        {
            for (int i = 0; i < 96; i++)
                sound[click + i] += (float)(0.6 * Math.Sin(2 * Math.PI * 2000 * i / Second) * Math.Exp(-i / 30.0));
        }
        List<FeatureFrame> frames = Normalised(sound);
        var at = clicks.Select(c => Hearing.Timeline(s_fps).FrameOf(c)).ToHashSet();
        for (int k = 1; k < frames.Count; k++)
            Assert.InRange(frames[k].Value("onset"), at.Contains(k) ? 0.8f : 0, at.Contains(k) ? 1 : 0.15f);
    }

    [Fact]
    public void DenseDrumsDoNotSaturateAndAccentsShow()
    {
        // Sixteenths at 150 beats a minute, loud on the beat, soft between: ten hits a second.
        float[] sound = new float[20 * Second];
        var loud = new List<long>();
        var soft = new List<long>();
        for (int i = 0; i * 4800 < sound.Length - 9600; i++)
        {
            (i % 4 == 0 ? loud : soft).Add(i * 4800L);
            Signals.AddSnare(sound, i * 4800L, i % 4 == 0 ? 0.6f : 0.08f + 0.1f * Philox.Uniform(3, 4, (ulong)i), (ulong)i);
        }
        List<FeatureFrame> frames = Normalised(sound);
        float Mean(List<long> hits) => hits.Skip(8).Average(h => frames[(int)Hearing.Timeline(s_fps).FrameOf(h)].Value("onset"));
        Assert.InRange(Mean(loud), 0.75f, 1);
        Assert.InRange(Mean(soft), 0.1f, 0.6f);
        Assert.InRange(frames.Count(f => f.Value("onset") > 0.97f), 0, frames.Count / 12);
    }

    [Fact]
    public void PadWithoutOnsetsStaysStill()
    {
        List<FeatureFrame> frames = Normalised(Signals.Pad(20 * Second, 0.2f));
        foreach (FeatureFrame frame in frames.Skip(3))
        {
            foreach (string name in new[] { "onset", "onset.low", "onset.mid", "onset.high" })
                Assert.True(frame.Value(name) < 0.3f, $"{name} {frame.Value(name)} at {frame.FirstSample}");
        }
        Assert.True(frames.Skip(3).Average(f => f.Value("onset")) < 0.01f);
    }

    [Fact]
    public void HissIsNotAmplifiedIntoFlicker()
    {
        List<FeatureFrame> frames = Normalised(Signals.Noise(8, 0.1f, 10 * Second));
        foreach (string name in new[] { "rms", "high", "loudness", "centroid" })
        {
            var values = frames.Skip(30).Take(240).Select(f => f.Value(name)).ToList();
            Assert.True(values.Max() - values.Min() < 0.35f, $"{name} swings {values.Max() - values.Min()}");
        }
        foreach (string name in new[] { "onset", "onset.high", "onset.mid", "onset.low" })
            Assert.True(frames.Skip(3).Average(f => f.Value(name)) < 0.12f, $"{name} {frames.Skip(3).Average(f => f.Value(name))}");
        Assert.True(frames.Skip(3).Max(f => f.Value("onset")) < 0.3f);
    }

    [Fact]
    public void QuietTrackUsesTheRangeAsALoudOneDoes()
    {
        float[] loud = Signals.Music(10 * Second);
        float[] quiet = [.. loud.Select(x => x * 0.1f)];
        List<FeatureFrame> a = Normalised(loud), b = Normalised(quiet);
        foreach (string name in new[] { "bass", "lowmid", "rms" })
            Assert.Equal(a.Average(f => f.Value(name)), b.Average(f => f.Value(name)), 0.06);
        Assert.Equal(a.Max(f => f.Value("bass")), b.Max(f => f.Value("bass")), 0.03);
    }

    [Fact]
    public void MusicUsesMostOfTheRange()
    {
        List<FeatureFrame> frames = Normalised(Signals.Music(20 * Second));
        foreach (string name in new[] { "loudness", "rms", "bass", "lowmid", "mid", "high", "centroid", "onset", "onset.low", "onset.high" })
        {
            Assert.True(frames.Min(f => f.Value(name)) < 0.1f, name);
            Assert.True(frames.Max(f => f.Value(name)) > 0.85f, name);
        }
    }

    [Fact]
    public void SilenceFallsToZeroWithinTheReleaseAtAnyFrameRate()
    {
        float[] sound = Signals.Music(4 * Second);
        sound.AsSpan(2 * Second).Clear();
        foreach (Rational fps in Hearing.Rates)
        {
            List<FeatureFrame> frames = Normalised(sound, fps);
            foreach (FeatureFrame frame in frames)
            {
                // The frame after the last audible hop has begun to fall; a frame is 42 ms at most.
                if (frame.FirstSample < 2 * Second + Second * (Normalizer.ReleaseSeconds + 0.05))
                    continue;
                for (int i = 0; i < FeatureTable.RawOffset; i++)
                    Assert.Equal(i is Slot.Balance or Slot.Tuning ? 0.5f : i == Slot.Silence ? 1 : 0, frame.Values[i]);
            }
            int first = (int)Hearing.Timeline(fps).FrameOf(2 * Second);
            Assert.True(frames[first].Value("loudness") > 0.3f, "falls at once");
            for (int k = first + 1; k < frames.Count; k++)
                Assert.True(frames[k].Value("loudness") <= frames[k - 1].Value("loudness"));
        }
    }

    [Fact]
    public void NormalisedValuesStayWithinZeroAndOneWhateverComes()
    {
        float[][] sounds =
        [
            new float[Second], Signals.Clicks([1000, 30000], 1e9f, Second), Signals.Noise(1, 1e-4f, Second), Signals.Noise(2, 4, Second),
            Signals.Sine(25, 0.9f, Second), Signals.Sine(23900, 0.9f, Second), Signals.Clicks([0], 0.01f, 300), [], [0.5f],
        ];
        foreach (float[] sound in sounds)
        {
            float[] stereo = Signals.Stereo(sound);
            foreach (Normalizer normalizer in new[] { new NormalizerFor(stereo).Stage, new Normalizer(new RunningRanges()) })
            {
                foreach (FeatureFrame frame in Hearing.Frames(stereo, s_fps))
                {
                    normalizer.Apply(frame);
                    foreach (FrameField field in FeatureTable.Layout.Fields)
                        Assert.All(frame.Field(field.Name, field.Length).ToArray(), x => Assert.InRange(x, field.Min, field.Max));
                }
            }
        }
    }

    [Fact]
    public void SummaryMeasuresTheTrackAndSurvivesJsonBitForBit()
    {
        float[] sound = Signals.Sine(1000, (float)Math.Pow(10, -23 / 20.0), 10 * Second);
        sound.AsSpan(5 * Second).Clear();
        TrackSummary summary = new NormalizerFor(Signals.Stereo(sound)).Summary;
        Assert.Equal(10 * Second, summary.SampleCount);
        Assert.Equal(-23, summary.Loudness, 0.2);
        Assert.Equal(0.5, summary.SilenceShare, 0.002);
        Assert.Equal(Math.Pow(10, -23 / 20.0) / 2, summary.Rms, 1e-4);
        Assert.Equal(sound.Max(), summary.Peak);

        TrackSummary again = TrackSummary.FromJson(summary.ToJson());
        Assert.Equal(summary.ToJson(), again.ToJson());
        TrackRanges a = new(summary), b = new(again);
        Assert.Equal(a.Low.ToArray(), b.Low.ToArray());
        Assert.Equal(a.High.ToArray(), b.High.ToArray());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("null")]
    public void AnythingButASummaryIsRefused(string json) => Assert.Throws<InvalidDataException>(() => TrackSummary.FromJson(json));

    [Fact]
    public void SummaryOfAnotherVersionOrOtherFeaturesIsRefused()
    {
        TrackSummary summary = new TrackScan().Complete();
        Assert.Throws<InvalidDataException>(() => TrackSummary.FromJson((summary with { Version = 99 }).ToJson()));
        Assert.Throws<InvalidDataException>(() => TrackSummary.FromJson((summary with { Ranges = [.. summary.Ranges.Skip(1)] }).ToJson()));
    }

    [Fact]
    public void RunningRangesLearnTheTrackAndHoldStillInSilence()
    {
        float[] music = Signals.Music(60 * Second);
        float[] stereo = Signals.Stereo(music);
        var ranges = new RunningRanges();
        var running = new Normalizer(ranges);
        Normalizer known = new NormalizerFor(stereo).Stage;
        double difference = 0;
        int count = 0;
        foreach (FeatureFrame frame in Hearing.Frames(stereo, s_fps))
        {
            FeatureFrame other = Hearing.Copy(frame);
            running.Apply(frame);
            known.Apply(other);
            if (frame.FirstSample < 30 * Second)
                continue;
            foreach (string name in new[] { "rms", "bass", "lowmid", "high", "loudness", "onset" })
            {
                difference += Math.Abs(frame.Value(name) - other.Value(name));
                count++;
            }
        }
        Assert.True(difference / count < 0.12, $"mean difference {difference / count:f3}");

        float[] before = [.. ranges.Low, .. ranges.High];
        foreach (FeatureFrame frame in Hearing.Frames(new float[20 * Second], s_fps))
            running.Apply(frame);
        float[] after = [.. ranges.Low, .. ranges.High];
        Assert.Equal(before, after);
    }

    private static List<FeatureFrame> Normalised(float[] mono, Rational? fps = null)
    {
        float[] stereo = Signals.Stereo(mono);
        Normalizer normalizer = new NormalizerFor(stereo).Stage;
        List<FeatureFrame> frames = Hearing.Frames(stereo, fps ?? s_fps);
        foreach (FeatureFrame frame in frames)
            normalizer.Apply(frame);
        return frames;
    }
}
