using AInimEngine.Analysis.Evaluation.Running;
using AInimEngine.Analysis.Evaluation.Systems;

namespace AInimEngine.Analysis.Evaluation.Tests.Running;

public sealed class ReportTests
{
    private sealed class Absent : IBeatSystem
    {
        public string Name => "absent";

        public string? Missing => "it is not there";

        public double[] BeatsOf(Heard track) => throw new InvalidOperationException("asked although missing");
    }

    private static readonly double[] _beats = [.. Enumerable.Range(0, 20).Select(i => 5 + i / 2.0)];

    private static Track Fake(string family) =>
        new($"{family} 1", family, () => new(new float[96], new Truth { Beats = _beats, Tempo = 120 }));

    [Fact]
    public void TheTableHasFamiliesAndTheirMean()
    {
        var evaluator = new Evaluator([new Absent(), new BeatFunction("right", _ => _beats), new BeatFunction("deaf", _ => [])], [], []);
        TrackResult[] results = evaluator.Run([Fake("a"), Fake("b"), Fake("odd")]);
        string report = Report.Of(evaluator, results, new HashSet<string> { "odd" }, showTracks: false);
        Assert.Contains("Skipped absent: it is not there.", report, StringComparison.Ordinal);
        Assert.Contains("| | tracks | right | deaf |", report, StringComparison.Ordinal);
        Assert.Contains("| a | 1 | 1.000 / 1.000 / 1.000 / 1.000 | 0.000 / 0.000 / 0.000 / 0.000 |", report, StringComparison.Ordinal);
        Assert.Contains("| (odd) | 1 |", report, StringComparison.Ordinal);
        Assert.Contains("| **mean of tracks** | 2 |", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Onsets", report, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrackThatCannotBeMadeIsLeftOut()
    {
        var broken = new Track("broken", "a", () => throw new InvalidOperationException("it fell over"));
        string? told = null;
        TrackResult[] results = new Evaluator([new BeatFunction("right", _ => _beats)], [], [])
            .Run([broken, Fake("b")], (track, error) => told = error is null ? told : $"{track.Name}: {error}");
        Assert.Equal("b 1", Assert.Single(results).Track.Name);
        Assert.Equal("broken: it fell over", told);
    }

    [Theory]
    [InlineData("--count", "0")]
    [InlineData("--corpus")]
    [InlineData("--loud")]
    public void AWrongCommandLineIsRefused(params string[] arguments) =>
        Assert.Throws<ArgumentException>(() => Options.Parse(arguments));

    [Fact]
    public void ACommandLineIsUnderstood()
    {
        Options options = Options.Parse(["--installed", "--heldout", "--short", "--only", "openttd"]);
        Assert.Equal(("/", true, 2, "openttd"), (options.InstalledRoot, options.HeldOut, options.Count, options.Only));
        Assert.Equal("unpacked", Options.Parse(["--installed", "unpacked"]).InstalledRoot);
    }
}
