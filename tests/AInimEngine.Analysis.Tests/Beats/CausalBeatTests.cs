using AInimEngine.Analysis.Beats;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Tests.Beats;

public sealed class CausalBeatTests
{
    private static readonly float[] s_music = Signals.Music(40 * Hop.SampleRate);

    [Theory]
    [InlineData(80)]
    [InlineData(97.3)]
    [InlineData(120)]
    [InlineData(145)]
    public void LocksWithinSixSecondsOnClicksAndForeseesThem(double bpm)
    {
        double[] truth = BeatSounds.Beats(bpm, 40);
        List<BeatFrame> frames = BeatSounds.Live(BeatSounds.Clicks(truth, 40));
        Assert.All(frames.Where(f => f.Sample > 6 * Hop.SampleRate), f => Assert.InRange(f.Bpm, bpm * 0.97, bpm * 1.03));
        double[] late = [.. frames.Where(f => f.Sample > 20 * Hop.SampleRate).Select(f => (double)f.Bpm)];
        Assert.InRange(late.Average(), bpm * 0.99, bpm * 1.01);
        double[] errors = BeatSounds.Errors(BeatSounds.Times(frames), truth, 6);
        Assert.InRange(errors.Length, (int)((truth[^1] - 6) * bpm / 60) - 1, (int)((truth[^1] - 6) * bpm / 60) + 2);
        Assert.InRange(errors.Average(), -0.01, 0.01);
        Assert.True(errors.Max(Math.Abs) < 0.03, $"farthest {errors.Max(Math.Abs):f3} s");
        Assert.All(frames.Where(f => f.HasBeat), f => Assert.InRange(f.BeatSample - f.Sample, -1, BeatClock.FrameSize));
    }

    [Fact]
    public void FollowsAStepOfTempoWithinFiveSeconds()
    {
        double[] slow = BeatSounds.Beats(100, 25), fast = BeatSounds.Beats(125, 50, slow[^1] + 0.48);
        List<BeatFrame> frames = BeatSounds.Live(BeatSounds.Clicks([.. slow, .. fast], 50));
        Assert.All(frames.Where(f => f.Sample > (slow[^1] + 5) * Hop.SampleRate), f => Assert.InRange(f.Bpm, 121, 129));
        Assert.True(BeatSounds.Errors(BeatSounds.Times(frames), fast, slow[^1] + 5).All(e => Math.Abs(e) < 0.05));
    }

    [Fact]
    public void TellsBeatsAheadByTheLeadAsked()
    {
        CausalBeatTracker tracker = BeatSounds.Tracker();
        tracker.Lead = 4800;
        double[] truth = BeatSounds.Beats(120, 30);
        List<BeatFrame> frames = BeatSounds.Live(BeatSounds.Clicks(truth, 30), tracker);
        double[] errors = BeatSounds.Errors(BeatSounds.Times(frames), truth, 8);
        Assert.True(errors.Max(Math.Abs) < 0.03);
        for (int i = 0; i < frames.Count; i++)
            Assert.Equal((long)BeatClock.Centre(i) + BeatClock.WindowAfter + 4800, frames[i].Sample);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void FindsBarsOfThreeAndFour(int beatsPerBar)
    {
        double[] truth = BeatSounds.Beats(110, 60);
        List<BeatFrame> frames = BeatSounds.Live(BeatSounds.Clicks(truth, 60, beatsPerBar));
        foreach (BeatFrame frame in frames.Where(f => f.HasBeat && f.BeatSample > 30 * Hop.SampleRate && f.BeatSample < 59 * Hop.SampleRate))
        {
            int nearest = Array.IndexOf(truth, truth.MinBy(t => Math.Abs(t - (double)frame.BeatSample / Hop.SampleRate)));
            Assert.Equal(beatsPerBar, frame.BeatsPerBar);
            Assert.Equal(nearest % beatsPerBar + 1, frame.BarPosition);
        }
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("noise")]
    [InlineData("pad")]
    public void IsNotConfidentWithoutAPulse(string kind)
    {
        const int Length = 30 * Hop.SampleRate;
        float[] sound = kind == "silence" ? new float[Length] : kind == "noise" ? Signals.Noise(11, 0.1f, Length) : Signals.Pad(Length, 0.2f);
        float[] confidence = [.. BeatSounds.Live(sound).Skip(600).Select(f => f.Confidence)];
        Assert.True(confidence.Average() < 0.3, $"mean {confidence.Average():f2}");
        Assert.True(BeatSounds.Live(s_music).Skip(1000).Average(f => f.Confidence) > 0.5);
    }

    [Fact]
    public void TheBarGoesOnWithoutAJump()
    {
        double[] truth = BeatSounds.Beats(120, 40);
        BeatFrame[] frames = [.. BeatSounds.Live(BeatSounds.Clicks(truth, 40, 4)).Skip((int)(20 * BeatClock.Rate))];
        for (int i = 1; i < frames.Length; i++)
        {
            double step = frames[i].BarPhase - frames[i - 1].BarPhase;
            Assert.True(Math.Abs(step - Math.Round(step)) < 0.1, $"{frames[i - 1].BarPhase} to {frames[i].BarPhase}");
        }
        Assert.InRange(frames.Max(frame => frame.BarPhase), 0.95, 1);
    }

    [Fact]
    public void ALockedTempoIsHeld()
    {
        CausalBeatTracker tracker = BeatSounds.Tracker();
        tracker.Lock(90);
        List<BeatFrame> frames = BeatSounds.Live(BeatSounds.Clicks(BeatSounds.Beats(120, 20), 20), tracker);
        Assert.All(frames.Skip(10), f => Assert.InRange(f.Bpm, 85, 95));
    }

    [Fact]
    public void HalfAndDoubleTakeAndStay()
    {
        foreach ((bool half, double bpm) in new[] { (true, 60.0), (false, 120.0) })
        {
            double[] truth = BeatSounds.Beats(half ? 120 : 60, 40);
            (float[] beat, float[] downbeat) = BeatSounds.Likelihoods(BeatSounds.Clicks(truth, 40));
            CausalBeatTracker tracker = BeatSounds.Tracker();
            tracker.Tap(0);
            tracker.Tap((long)(60.0 / (half ? 120 : 60) * Hop.SampleRate));
            for (int i = 0; i < beat.Length; i++)
            {
                if (i == 1000 && half)
                    tracker.Halve();
                else if (i == 1000)
                    tracker.Double();
                BeatFrame frame = tracker.Hear(beat[i], downbeat[i]);
                if (i > 1010)
                    Assert.InRange(frame.Bpm, bpm * 0.97, bpm * 1.03);
            }
        }
    }

    [Fact]
    public void TapsSetTempoAndPhase()
    {
        CausalBeatTracker tracker = BeatSounds.Tracker();
        var beats = new List<double>();
        for (int i = 0; i < 800; i++)
        {
            // Four taps at 100 a minute, the last at 3.8 s, over silence.
            long now = (long)BeatClock.Centre(i) + BeatClock.WindowAfter;
            for (int tap = 0; tap < 4; tap++)
            {
                long at = (long)((2 + 0.6 * tap) * Hop.SampleRate);
                if (at > now - BeatClock.FrameSize && at <= now)
                    tracker.Tap(at);
            }
            BeatFrame frame = tracker.Hear(0.02f, 0);
            if (frame.HasBeat && i > 400 && i < 600)
                beats.Add((double)frame.BeatSample / Hop.SampleRate);
            if (i is > 400 and < 600)
                Assert.InRange(frame.Bpm, 97, 103);
        }
        Assert.All(beats, b => Assert.True(Math.Abs((b - 3.8) / 0.6 - Math.Round((b - 3.8) / 0.6)) < 0.1));
    }

    [Fact]
    public void ANudgeMovesTheBeats()
    {
        double[] truth = BeatSounds.Beats(120, 30);
        CausalBeatTracker tracker = BeatSounds.Tracker();
        tracker.Nudge(0.1);
        double[] errors = BeatSounds.Errors(BeatSounds.Times(BeatSounds.Live(BeatSounds.Clicks(truth, 30), tracker)), truth, 8);
        Assert.InRange(errors.Average(), 0.04, 0.06);
    }

    [Fact]
    public void SavedStateGoesOnToTheBit()
    {
        (float[] beat, float[] downbeat) = BeatSounds.Likelihoods(s_music);
        CausalBeatTracker tracker = BeatSounds.Tracker();
        for (int i = 0; i < 1500; i++)
            tracker.Hear(beat[i], downbeat[i]);
        using var state = new MemoryStream();
        tracker.Save(new StateWriter(state));
        state.Position = 0;
        CausalBeatTracker other = BeatSounds.Tracker();
        other.Hear(1, 1);
        other.Restore(new StateReader(state));
        for (int i = 1500; i < beat.Length; i++)
            Assert.Equal(tracker.Hear(beat[i], downbeat[i]), other.Hear(beat[i], downbeat[i]));
        tracker.Reset();
        CausalBeatTracker fresh = BeatSounds.Tracker();
        for (int i = 0; i < 500; i++)
            Assert.Equal(fresh.Hear(beat[i], downbeat[i]), tracker.Hear(beat[i], downbeat[i]));
    }

    [Fact]
    public void AFrameAllocatesNothing()
    {
        CausalBeatTracker tracker = BeatSounds.Tracker();
        var activation = new FluxBeatActivation();
        var amplitude = new float[Hop.WindowSize / 2];
        void Feed(int frames)
        {
            for (int i = 0; i < frames; i++)
            {
                amplitude.AsSpan().Fill(i % 47 == 0 ? 0.1f : 0.001f);
                activation.Hear(amplitude, out float beat, out float downbeat);
                tracker.Hear(beat, downbeat);
            }
        }
        Feed(300);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(600);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
