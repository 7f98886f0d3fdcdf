using System.Diagnostics;
using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Music;
using AInimEngine.Core.Frames;
using AInimEngine.Engine.Live;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>What the hearing thread hands to the display's.</summary>
public sealed class HeardTests
{
    private static readonly int s_rms = FeatureTable.Layout.OffsetOf("rms"), s_onset = FeatureTable.Layout.OffsetOf("onset.low");
    private static readonly int s_beat = MusicTable.Layout.OffsetOf("beat"), s_pulse = MusicTable.Layout.OffsetOf("beat.pulse"), s_bar = MusicTable.Layout.OffsetOf("bar"),
        s_barPulse = MusicTable.Layout.OffsetOf("bar.pulse"), s_tempo = MusicTable.Layout.OffsetOf("tempo");

    private readonly float[] _values = new float[FeatureTable.Layout.Size];
    private readonly float[] _music = new float[MusicTable.Layout.Size];

    [Fact]
    public void AnOnsetBetweenTwoPicturesIsSeenOnceAndLevelsAreTheNewest()
    {
        var heard = new HeardSound();
        heard.Give(Hop(0.2f, 0.9f), 1);
        heard.Give(Hop(0.4f, 0), 2);
        Assert.Equal(2, heard.Take(_values).Time);
        Assert.Equal((0.4f, 0.9f), (_values[s_rms], _values[s_onset]));
        heard.Take(_values);
        Assert.Equal((0.4f, 0f), (_values[s_rms], _values[s_onset]));
        heard.Give(Hop(0.1f, 0), 3);
        heard.Take(_values);
        Assert.Equal((0.1f, 0f), (_values[s_rms], _values[s_onset]));
    }

    [Fact]
    public void ThePhaseRunsOnByTheTempoAndEveryBeatAndBarIsPulsedOnce()
    {
        var beat = new HeardBeat();
        long start = 1_000_000_000;
        // Said once: 120 beats a minute, on the first beat of a bar of four.
        beat.Give(new BeatFrame(0, 0, 120, 0.9f, 4, 1, 0, 0.8f, false, 0), start);
        int beats = 0, bars = 0;
        for (int frame = 0; frame <= 110; frame++) // 1.83 s at 60 a second: beats at 0.5, 1 and 1.5 s
        {
            double seconds = frame / 60.0;
            beat.Fill(start + (long)(seconds * Stopwatch.Frequency), _music);
            double phase = seconds * 2 % 1, bar = seconds / 2 % 1;
            Assert.Equal(0, Math.Abs(phase - _music[s_beat]) > 0.5 ? 0 : phase - _music[s_beat], 4);
            Assert.Equal(bar, _music[s_bar], 4);
            Assert.Equal(120, _music[s_tempo]);
            beats += (int)_music[s_pulse];
            bars += (int)_music[s_barPulse];
        }
        Assert.Equal((3, 0), (beats, bars));
    }

    [Fact]
    public void WhatBeginsInAPictureThatIsNotPaintedIsLeftForTheNext()
    {
        var heard = new HeardSound();
        heard.Give(Hop(0.4f, 0.9f), 1);
        heard.Take(_values, peeks: true);
        Assert.Equal((0.4f, 0f), (_values[s_rms], _values[s_onset]));
        heard.Take(_values);
        Assert.Equal((0.4f, 0.9f), (_values[s_rms], _values[s_onset]));

        var beat = new HeardBeat();
        beat.Give(new BeatFrame(0, 0.9f, 120, 0.9f, 4, 4, 0.975f, 0.8f, false, 0), 0);
        beat.Fill(1, _music);
        beat.Fill(Stopwatch.Frequency / 10, _music, peeks: true);
        Assert.Equal((0f, 0f), (_music[s_pulse], _music[s_barPulse]));
        Assert.Equal(0.1f, _music[s_beat], 3);
        beat.Fill(Stopwatch.Frequency / 10, _music);
        Assert.Equal((1f, 1f), (_music[s_pulse], _music[s_barPulse]));
    }

    [Fact]
    public void ABeatThatIsNotTrustedOrOldIsNone()
    {
        var beat = new HeardBeat();
        beat.Give(new BeatFrame(0, 0.5f, 120, 0.1f, 4, 1, 0, 0, false, 0), 0);
        beat.Fill(1, _music);
        Assert.All(_music, value => Assert.Equal(0, value));
        beat.Give(new BeatFrame(0, 0.5f, 120, 0.9f, 4, 1, 0, 0, false, 0), 0);
        beat.Fill(3 * Stopwatch.Frequency, _music);
        Assert.All(_music, value => Assert.Equal(0, value));
    }

    [Fact]
    public void HandingOverAllocatesNothing()
    {
        var heard = new HeardSound();
        var beat = new HeardBeat();
        FeatureFrame hop = Hop(0.3f, 0.5f);
        Run(10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                heard.Give(hop, i);
                heard.Take(_values);
                beat.Give(new BeatFrame(i, 0.5f, 120, 0.9f, 4, 1, 0, 0.5f, false, 0), i);
                beat.Fill(i, _music);
            }
        }
    }

    private static FeatureFrame Hop(float rms, float onset)
    {
        var hop = new FeatureFrame(FeatureTable.Layout) { SampleCount = 256 };
        (hop.Values[s_rms], hop.Values[s_onset]) = (rms, onset);
        return hop;
    }
}
