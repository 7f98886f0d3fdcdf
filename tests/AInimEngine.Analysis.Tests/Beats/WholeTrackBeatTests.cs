using System.Diagnostics;
using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Analysis.Tests.Beats;

public sealed class WholeTrackBeatTests
{
    [Theory]
    [InlineData(75)]
    [InlineData(97.3)]
    [InlineData(120)]
    [InlineData(141)]
    public void TempoOfClicksIsRightWithinATenthOfAPercent(double bpm)
    {
        double[] truth = BeatSounds.Beats(bpm, 60);
        (TempoEstimate tempo, BeatTrack beats) = BeatSounds.WholeTrack(BeatSounds.Clicks(truth, 60));
        Assert.InRange(tempo.Bpm, bpm * 0.999, bpm * 1.001);
        Assert.True(tempo.IsSteady);
        Assert.True(tempo.Confidence > 0.5, $"confidence {tempo.Confidence:f2}");
        Assert.Equal(truth.Length, beats.Times.Count);
        double[] errors = BeatSounds.Errors(beats.Times, truth);
        Assert.InRange(errors.Average(), -0.01, 0.01);
        Assert.True(errors.Max(Math.Abs) < 0.02, $"farthest {errors.Max(Math.Abs):f3} s");
    }

    [Fact]
    public void HalfAndDoubleAreAmongTheAlternativesAndWeightsStayBelowOne()
    {
        (TempoEstimate tempo, _) = BeatSounds.WholeTrack(Signals.Music(60 * Hop.SampleRate));
        Assert.InRange(tempo.Bpm, 119.5, 120.5);
        Assert.True(tempo.Alternatives.Sum(a => a.Weight) <= 1);
        Assert.All(tempo.Alternatives, a => Assert.InRange(a.Weight, 0, 1));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void BarsOfThreeAndFourAreFound(int beatsPerBar)
    {
        double[] truth = BeatSounds.Beats(110, 60);
        (_, BeatTrack beats) = BeatSounds.WholeTrack(BeatSounds.Clicks(truth, 60, beatsPerBar));
        Assert.Equal(beatsPerBar, beats.BeatsPerBar);
        double[] downbeats = [.. truth.Where((_, i) => i % beatsPerBar == 0)];
        Assert.Equal(downbeats.Length, beats.Downbeats.Count());
        Assert.All(BeatSounds.Errors(beats.Downbeats, downbeats), error => Assert.True(Math.Abs(error) < 0.05));
    }

    [Fact]
    public void ATempoThatChangesIsFollowedAndIsNoGrid()
    {
        double[] slow = BeatSounds.Beats(100, 30), fast = BeatSounds.Beats(118, 60, slow[^1] + 60 / 118.0);
        double[] truth = [.. slow, .. fast];
        (TempoEstimate tempo, BeatTrack beats) = BeatSounds.WholeTrack(BeatSounds.Clicks(truth, 60));
        Assert.False(tempo.IsSteady);
        double[] errors = BeatSounds.Errors(beats.Times, truth);
        Assert.True(errors.Count(e => Math.Abs(e) < 0.03) > 0.95 * truth.Length);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("noise")]
    [InlineData("pad")]
    [InlineData("random hits")]
    public void WhatHasNoPulseGetsNoGrid(string kind)
    {
        const int Length = 60 * Hop.SampleRate;
        float[] sound = kind switch
        {
            "silence" => new float[Length],
            "noise" => Signals.Noise(11, 0.1f, Length),
            "pad" => Signals.Pad(Length, 0.2f),
            _ => RandomHits(Length),
        };
        (TempoEstimate tempo, BeatTrack beats) = BeatSounds.WholeTrack(sound);
        Assert.True(tempo.Confidence < 0.3, $"{tempo.Bpm:f1} a minute, confidence {tempo.Confidence:f2}");
        Assert.False(tempo.IsSteady);
        Assert.True(beats.Confidence < 0.3);
    }

    [Fact]
    public void NothingAtAllIsNoBeat()
    {
        var tracker = new WholeTrackBeatTracker(BeatCalibration.Flux);
        foreach (int length in new[] { 0, 1, 5, 60 })
        {
            (TempoEstimate tempo, BeatTrack beats) = tracker.Track(new float[length], new float[length]);
            Assert.Same(TempoEstimate.None, tempo);
            Assert.Empty(beats.Times);
        }
        var broken = new float[2000];
        Array.Fill(broken, float.NaN);
        Assert.Empty(tracker.Track(broken, broken).Beats.Times);
    }

    [Fact]
    public void ThreeHoursTakeBoundedTimeAndMemory()
    {
        const double Period = 46.5;
        var beat = new float[(int)(3 * 3600 * BeatClock.Rate)];
        for (double at = 20; at < beat.Length; at += Period)
            beat[(int)at] = 0.9f;
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        (TempoEstimate tempo, BeatTrack beats) = new WholeTrackBeatTracker(BeatCalibration.Learned).Track(beat, beat);
        long made = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(tempo.Bpm, BeatClock.Bpm(Period) * 0.999, BeatClock.Bpm(Period) * 1.001);
        Assert.InRange(beats.Times.Count, (int)(beat.Length / Period) - 20, (int)(beat.Length / Period) + 20);
        Assert.True(made < 100_000_000, $"{made / 1e6:f0} MB made in {watch.Elapsed.TotalSeconds:f1} s");
    }

    /// <summary>Hits at moments without any rule, as footsteps, rain or speech have them.</summary>
    private static float[] RandomHits(int length)
    {
        float[] sound = Signals.Noise(3, 1e-4f, length);
        var random = new float[400];
        Philox.Normal(17, 4, random);
        double at = 0.3;
        for (int i = 0; at < length / (double)Hop.SampleRate - 1; i++)
        {
            Signals.AddHat(sound, (long)(at * Hop.SampleRate), 0.1f + 0.1f * Math.Abs(random[(2 * i + 1) % 400]), (ulong)i);
            at += 0.08 + 0.35 * Math.Abs(random[2 * i % 400]);
        }
        return sound;
    }
}
