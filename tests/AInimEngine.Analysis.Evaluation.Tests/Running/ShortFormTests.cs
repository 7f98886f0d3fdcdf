using AInimEngine.Analysis.Evaluation.Families;
using AInimEngine.Analysis.Evaluation.Metrics;
using AInimEngine.Analysis.Evaluation.Running;
using AInimEngine.Analysis.Evaluation.Systems;

namespace AInimEngine.Analysis.Evaluation.Tests.Running;

/// <summary>The short form that every build runs: one held-out track of each synthetic family, so that a change for the worse shows.</summary>
public sealed class ShortFormTests
{
    /// <summary>Least means over the families that a system must reach.</summary>
    private sealed record Floor(string System, double F, double TolerantF, double AmlTotal);

    private static readonly Floor[] _floors = [new("causal", 0.8, 0.9, 0.85), new("whole track", 0.85, 0.93, 0.92)];

    private const double OnsetFloor = 0.9;

    [Fact]
    public void SystemsReachTheirFloorsOnHeldOutFamilies()
    {
        Track[] tracks = [.. SyntheticFamilies.All.Where(family => family.InMean && family.Name != "codec").SelectMany(family => family.HeldOut(1))];
        var evaluator = new Evaluator(
            [.. AllSystems.Beats.Where(system => _floors.Any(floor => floor.System == system.Name))],
            [.. AllSystems.Onsets.Where(system => system.Name == "whole track")], []);
        TrackResult[] results = evaluator.Run(tracks);
        string report = Report.Of(evaluator, results, new HashSet<string>(), showTracks: false);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        for (int i = 0; i < evaluator.Beats.Count; i++)
        {
            Floor floor = _floors.Single(floor => floor.System == evaluator.Beats[i].Name);
            BeatScore mean = BeatScore.Mean([.. results.Select(result => result.Beats[i]!)]);
            Assert.True(mean.F >= floor.F && mean.TolerantF >= floor.TolerantF && mean.AmlTotal >= floor.AmlTotal, report);
        }
        Assert.True(results.Average(result => result.Onsets[0]!.Value.F) >= OnsetFloor, report);
    }
}
