using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Hearing;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Hearing;

public sealed class TrackAnalyzerTests(Tracks tracks) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheLengthIsTheDecodedSamples()
    {
        Assert.Equal(6 * 48000, tracks.TheTune.Heard.SampleCount);
        Assert.False(tracks.TheTune.Heard.IsMended);
    }

    [Fact]
    public void WhatWasMendedIsSaidOnceAndAgainFromTheCache()
    {
        var cache = new AnalysisCache(_folder["cache"]);
        for (int time = 0; time < 2; time++)
        {
            var warnings = new Warnings();
            HeardTrack heard = new TrackAnalyzer(cache, warnings).Analyze(tracks.FlawedTune.Path, null, CancellationToken.None);
            Assert.True(heard.IsMended);
            Assert.Contains("10 samples", Assert.Single(warnings.Messages), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ListeningCanBeCancelled() =>
        Assert.Throws<OperationCanceledException>(() => new TrackAnalyzer(null, new Warnings()).Analyze(tracks.TheTune.Path, null, new CancellationToken(canceled: true)));

    [Fact]
    public void TheCacheGivesTheSameAnalysisAndForgetsWhatIsDamaged()
    {
        var cache = new AnalysisCache(_folder["cache"]);
        HeardTrack first = Analyze(cache, tracks.TheTune.Path);
        string file = Assert.Single(Directory.GetFiles(_folder["cache"]));
        Assert.Equal(cache.PathOf(first.Hash), file);
        byte[] whole = File.ReadAllBytes(file);
        HeardTrack second = Analyze(cache, tracks.TheTune.Path);
        Assert.Equal(TrackAnalysisFormat.Write(first.Analysis), TrackAnalysisFormat.Write(second.Analysis));

        foreach (byte[] damaged in (byte[][])[[], whole[..100], whole[..^1], [.. whole[..200], (byte)(whole[200] ^ 1), .. whole[201..]], [.. "not an analysis\n{}"u8]])
        {
            File.WriteAllBytes(file, damaged);
            Assert.Null(cache.Find(tracks.TheTune.Path, first.Hash, out _));
            Assert.Equal(TrackAnalysisFormat.Write(first.Analysis), TrackAnalysisFormat.Write(Analyze(cache, tracks.TheTune.Path).Analysis));
            Assert.Equal(whole, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void ACacheThatCannotBeWrittenIsNoTrouble()
    {
        File.WriteAllText(_folder["file"], "in the way");
        Assert.Equal(6 * 48000, Analyze(new AnalysisCache(_folder["file/cache"]), tracks.TheTune.Path).SampleCount);
    }

    [Fact]
    public void CorrectionsWinOverTheCacheAndAreNotKeptInIt()
    {
        var cache = new AnalysisCache(_folder["cache"]);
        string track = _folder["song.wav"];
        File.Copy(tracks.TheTune.Path, track);
        HeardTrack heard = Analyze(cache, track);
        File.WriteAllText(track + TrackCorrections.Suffix, """{ "tempo": 93.5, "first_beat": 0.25 }""");
        HeardTrack corrected = Analyze(cache, track);
        Assert.Equal(93.5, corrected.Analysis.Tempo.Bpm);
        Assert.Equal(0.25, corrected.Analysis.Beats.Times[0]);
        Assert.Equal(track + TrackCorrections.Suffix, corrected.Corrections);
        File.Delete(track + TrackCorrections.Suffix);
        Assert.Equal(TrackAnalysisFormat.Write(heard.Analysis), TrackAnalysisFormat.Write(Analyze(cache, track).Analysis));
    }

    [Fact]
    public void AMissingFileIsNamed() => Assert.Contains(
        "nothing.wav", Assert.Throws<AInimException>(() => Analyze(new AnalysisCache(_folder["cache"]), _folder["nothing.wav"])).Message, StringComparison.Ordinal);

    private static HeardTrack Analyze(AnalysisCache cache, string path) => new TrackAnalyzer(cache, new Warnings()).Analyze(path, null, CancellationToken.None);
}
