using System.Buffers.Binary;
using AInimEngine.Analysis.Evaluation.Corpora;
using AInimEngine.Analysis.Midi;

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

    /// <summary>One note after another, 96 ticks to the quarter.</summary>
    private static byte[] File(byte[] setup, int rest, int[] lengths)
    {
        var track = new List<byte>(setup);
        for (int i = 0; i < lengths.Length; i++)
            track.AddRange([.. Delta(i == 0 ? rest : 0), 0x90, 60, 100, .. Delta(lengths[i]), 0x80, 60, 0]);
        var header = new byte[22];
        "MThd"u8.CopyTo(header);
        header[7] = 6;
        header[11] = 1;
        header[13] = 96;
        "MTrk"u8.CopyTo(header.AsSpan(14));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(18), track.Count);
        return [.. header, .. track];
    }

    private static byte[] Delta(int ticks) => ticks < 128 ? [(byte)ticks] : [(byte)(0x80 | ticks >> 7), (byte)(ticks & 0x7F)];

    private static byte[] Meta(byte type, byte[] content) => [0, 0xFF, type, (byte)content.Length, .. content];
}
