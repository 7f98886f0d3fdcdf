using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Tests.Reports;

/// <summary>What is said about a run, and when.</summary>
public sealed class TrainingVerdictTests
{
    [Fact]
    public void AGoodRunIsNotComplainedAbout()
    {
        Assert.Empty(TrainingVerdict.Judge(Logs.Run(90, 80, 70, 65, 60)));
        Assert.Empty(TrainingVerdict.Judge([]));
        Assert.Empty(TrainingVerdict.Judge([Logs.Line(100)]));
    }

    [Fact]
    public void AnOverfittingDiscriminatorIsNamedOnceItLasts()
    {
        Assert.Empty(TrainingVerdict.Judge([Logs.Line(1), Logs.Line(2), Logs.Line(3, realSign: 0.95)]));
        TrainingWarning warning = Assert.Single(TrainingVerdict.Judge([Logs.Line(1, realSign: 0.9), Logs.Line(2, realSign: 0.9), Logs.Line(3, realSign: 0.9)]));
        Assert.Equal(TrainingWarningKind.Overfits, warning.Kind);
        Assert.Contains("95%", warning.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0.3, 0, TrainingWarningKind.Collapses)]
    [InlineData(0.3, 0.9, 0.1, TrainingWarningKind.Copies)]
    [InlineData(0.9, 0.9, 0.4, TrainingWarningKind.Copies)]
    public void CollapseAndCopiesAreNamed(double memorisation, double diversity, double copied, TrainingWarningKind kind)
    {
        TrainingWarning warning = Assert.Single(TrainingVerdict.Judge([Logs.Line(1, Logs.Quality(60, memorisation, diversity, copied))]));
        Assert.Equal(kind, warning.Kind);
        Assert.DoesNotContain('\n', warning.Text);
    }

    [Fact]
    public void GettingWorseIsSaidAfterFiveMeasuresAndNotForAWobble()
    {
        Assert.Empty(TrainingVerdict.Judge(Logs.Run(60, 80, 80, 80, 80)));
        Assert.Empty(TrainingVerdict.Judge(Logs.Run(60, 62, 63, 64, 62, 63)));
        TrainingWarning warning = Assert.Single(TrainingVerdict.Judge(Logs.Run(60, 80, 80, 80, 80, 80)));
        Assert.Equal(TrainingWarningKind.GetsWorse, warning.Kind);
        Assert.Contains("1.6 thousand", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailedLossIsSaidFirst()
    {
        TrainingRecord[] records = [Logs.Line(1, realSign: 0.95), Logs.Line(2, realSign: 0.95) with { Generator = double.NaN }];
        Assert.Equal([TrainingWarningKind.Diverged, TrainingWarningKind.Overfits], TrainingVerdict.Judge(records).Select(warning => warning.Kind));
    }

    [Fact]
    public void TheBestIsTheNearestThatNeitherCopiesNorCollapses()
    {
        Assert.Null(TrainingVerdict.Best([Logs.Line(1)]));
        Assert.Equal(200, TrainingVerdict.Best(Logs.Run(90, 60, 70))!.Step);
        Assert.Equal(1, TrainingVerdict.Best([Logs.Line(1, Logs.Quality(70)), Logs.Line(2, Logs.Quality(30, memorisation: 0.2)), Logs.Line(3, Logs.Quality(40, diversity: 0.2)), Logs.Line(4, Logs.Quality(double.NaN))])!.Step);
        Assert.Equal(2, TrainingVerdict.Best([Logs.Line(1, Logs.Quality(70, memorisation: 0.2)), Logs.Line(2, Logs.Quality(30, memorisation: 0.2))])!.Step);
    }
}
