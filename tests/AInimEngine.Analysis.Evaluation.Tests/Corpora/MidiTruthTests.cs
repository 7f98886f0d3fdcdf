using AInimEngine.Analysis.Evaluation.Corpora;
using AInimEngine.Analysis.Midi;
using static AInimEngine.Analysis.Evaluation.Tests.Corpora.MidiBytes;

namespace AInimEngine.Analysis.Evaluation.Tests.Corpora;

public sealed class MidiTruthTests
{
    [Fact]
    public void BeatsFollowTempoMapAndTimeSignature()
    {
        // 40 eighths of 3/4 at 100, one bar of rest before them.
        MidiFile file = MidiFile.Read(File([.. Meta(0x51, [0x09, 0x27, 0xC0]), .. Meta(0x58, [3, 2, 24, 8])], 288, [.. Enumerable.Repeat(48, 40)]));
        (Truth? truth, _) = MidiTruth.Of(file, 90);
        Assert.NotNull(truth);
        Assert.Equal(1.8, truth.Beats[0], 9);
        Assert.Equal(0.6, truth.Beats[1] - truth.Beats[0], 9);
        Assert.Equal(1.8, truth.Downbeats[1] - truth.Downbeats[0], 9);
        Assert.Equal(40, truth.Onsets.Length);
        Assert.Equal(100, truth.Tempo, 6);
    }

    [Fact]
    public void InSixEightABeatIsThreeEighths()
    {
        MidiFile file = MidiFile.Read(File(Meta(0x58, [6, 3, 24, 8]), 0, [.. Enumerable.Repeat(48, 80)]));
        (Truth? truth, _) = MidiTruth.Of(file, 90);
        Assert.Equal(0.75, truth!.Beats[1] - truth.Beats[0], 9);
        Assert.Equal(1.5, truth.Downbeats[1] - truth.Downbeats[0], 9);
    }

    [Fact]
    public void MusicPlayedWithoutTheClickIsLeftOut()
    {
        MidiFile file = MidiFile.Read(File([], 0, [.. Enumerable.Range(0, 100).Select(i => 31 + i * 7 % 23)]));
        (Truth? truth, string? reason) = MidiTruth.Of(file, 90);
        Assert.Null(truth);
        Assert.Contains("do not keep to its tempo map", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSplitIsFixed()
    {
        Assert.True(Split.IsHeldOut("planetblupi-music000"));
        Assert.False(Split.IsHeldOut("planetblupi-music001"));
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => Split.IsHeldOut($"piece {i}")), 350, 450);
    }
}
