using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Hearing;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Hearing;

/// <summary>What the artist says about a track wins; what is wrong in it is refused with its place.</summary>
public sealed class CorrectionTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{ \"tempo\": 120 ", "line 1 column", "malformed JSON")]
    [InlineData("{\n \"temop\": 120 }", "line 2 column 2", "'tempo'")]
    [InlineData("{ \"tempo\": \"fast\" }", "line 1 column 12", "a number")]
    [InlineData("{ \"tempo\": 1000 }", "line 1 column 12", "30..300 BPM")]
    [InlineData("{ \"tempo\": 120,\n\"tempo\": 121 }", "line 2", "twice")]
    [InlineData("{ \"beats_per_bar\": 3.5 }", "line 1 column 20", "whole")]
    [InlineData("{ \"first_beat\": -1 }", "line 1 column 17", "outside")]
    [InlineData("{ \"sections\": [\n { \"start\": 1, \"label\": \"A\" } ] }", "line 2 column 13", "start at 0")]
    [InlineData("{ \"sections\": [ { \"start\": 0, \"label\": \"A\" },\n { \"start\": 0, \"label\": \"B\" } ] }", "line 2 column 13", "after the one before")]
    [InlineData("{ \"sections\": [ { \"start\": 0, \"label\": \"A\", \"end\": 5 },\n { \"start\": 6, \"label\": \"B\" } ] }", "line 2 column 13", "gaps")]
    [InlineData("{ \"sections\": [ { \"start\": 0 } ] }", "line 1 column", "'label'")]
    [InlineData("[]", "line 1 column 1", "an object")]
    public void WhatIsWrongIsRefusedWithItsPlace(string json, string where, string what)
    {
        File.WriteAllText(_folder["song.wav.ainim.json"], json);
        AInimException error = Assert.Throws<AInimException>(() => TrackCorrections.Find(_folder["song.wav"]));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("song.wav.ainim.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoFileIsNoCorrection() => Assert.Null(TrackCorrections.Find(_folder["song.wav"]));

    [Fact]
    public void TempoAndFirstBeatMakeAnExactGrid()
    {
        TrackAnalysis corrected = Correct("""{ "tempo": 100, "first_beat": 0.35 }""");
        Assert.Equal(Enumerable.Range(0, 17).Select(i => 0.35 + i * 0.6), corrected.Beats.Times, Near);
        Assert.Equal(1, corrected.Beats.Positions[0]);
        Assert.Equal(100, corrected.Tempo.Bpm);
        Assert.Equal(1, corrected.Tempo.Confidence);
    }

    [Fact]
    public void HalfTheTempoKeepsTheDownbeatsAndEverySecondBeat()
    {
        TrackAnalysis corrected = Correct("""{ "tempo": 60 }""");
        Assert.Equal(Heard.Beats.Times.Where((_, i) => i % 2 == 1), corrected.Beats.Times, Near);
        Assert.Equal(1, corrected.Beats.Positions[0]);
    }

    [Fact]
    public void TwiceTheTempoKeepsEveryBeatAndPutsOneBetween()
    {
        TrackAnalysis corrected = Correct("""{ "tempo": 240 }""");
        Assert.Equal(Enumerable.Range(0, 2 * Heard.Beats.Times.Count - 1).Select(i => 0.5 + i * 0.25), corrected.Beats.Times, Near);
        Assert.Contains(corrected.Beats.Downbeats, downbeat => Near(downbeat, 1.0));
    }

    [Fact]
    public void AnotherTempoFindsThePhaseOfTheOnsets()
    {
        TrackAnalysis corrected = Correct("""{ "tempo": 90 }""", Heard with
        {
            Onsets = new OnsetTrack([.. Enumerable.Range(0, 14).Select(i => new OnsetMark(0.2 + i * 60.0 / 90, 0.5f))], [], [], []),
        });
        Assert.Equal(0.2, corrected.Beats.Times[0], 0.005);
        Assert.Equal(60.0 / 90, corrected.Beats.Times[1] - corrected.Beats.Times[0], 1e-9);
    }

    [Fact]
    public void AFirstBeatMovesTheBeatsThatWereHeard()
    {
        TrackAnalysis corrected = Correct("""{ "first_beat": 1.52 }""");
        Assert.Equal(Enumerable.Range(0, corrected.Beats.Times.Count).Select(i => 1.52 + i * 0.5), corrected.Beats.Times, Near);
        Assert.Equal(1, corrected.Beats.Positions[0]);

        // Before what was heard, the beats are carried back.
        Assert.Equal(0.01, Correct("""{ "first_beat": 0.01 }""").Beats.Times[0], 1e-9);
    }

    [Fact]
    public void TheMeterIsCountedFromTheFirstDownbeat()
    {
        BeatTrack beats = Correct("""{ "beats_per_bar": 3 }""").Beats;
        Assert.Equal(3, beats.BeatsPerBar);
        Assert.Equal([3, 1, 2, 3, 1, 2], beats.Positions.Take(6));
        Assert.Equal(Heard.Beats.Times, beats.Times);
    }

    [Fact]
    public void SectionsAreTheArtists()
    {
        IReadOnlyList<Section> sections = Correct("""{ "sections": [ { "start": 0, "end": 4, "label": "verse", "energy": 0.3 }, { "start": 4, "label": "chorus" } ] }""").Sections;
        Assert.Equal([new Section(0, 4, "verse", 0.5), new Section(4, 10, "chorus", 1)], sections);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Assert.Contains("10 s", Assert.Throws<AInimException>(() => Correct("""{ "sections": [ { "start": 0, "label": "a" }, { "start": 11, "label": "b" } ] }""")).Message, StringComparison.Ordinal);
        Assert.Contains("10 s", Assert.Throws<AInimException>(() => Correct("""{ "first_beat": 12 }""")).Message, StringComparison.Ordinal);
        Assert.Contains("tempo", Assert.Throws<AInimException>(() => Correct("""{ "first_beat": 2 }""", Heard with { Beats = BeatTrack.None, Tempo = TempoEstimate.None })).Message, StringComparison.Ordinal);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;

    /// <summary>Ten seconds at 120 BPM from 0.5 s; the second beat is the first downbeat; loud from 4 s.</summary>
    private static TrackAnalysis Heard { get; } = new()
    {
        SampleCount = 480_000,
        Tempo = new TempoEstimate(120, 0.8, true, []),
        Beats = new BeatTrack([.. Enumerable.Range(0, 19).Select(i => 0.5 + i * 0.5)], [.. Enumerable.Range(0, 19).Select(i => (i + 3) % 4 + 1)], 4, 0.8, 0.6),
        Onsets = new OnsetTrack([], [], [], []),
        Sections = [new Section(0, 4, "A", 0.5), new Section(4, 10, "B", 1)],
        Key = new KeyTrack(new KeyEstimate(-1, false, 0), [], 0),
        Events = [],
        Novelty = new Curve(1, []),
        Loudness = new LoudnessReport(-14, -9, -11, 6, -1),
        Summary = null!,
    };

    private TrackAnalysis Correct(string json, TrackAnalysis? heard = null)
    {
        File.WriteAllText(_folder["song.wav.ainim.json"], json);
        return TrackCorrections.Find(_folder["song.wav"])!.Apply(heard ?? Heard);
    }
}
