using AInimEngine.Analysis.Evaluation.Metrics;
using AInimEngine.Analysis.Evaluation.Running;

namespace AInimEngine.Analysis.Evaluation.Tests.Metrics;

public sealed class KeyScoreTests
{
    [Theory]
    [InlineData("C major", "C major", 1)]
    [InlineData("C major", "G major", 0.5)]
    [InlineData("C major", "F major", 0)] // a fifth below: MIREX since 2011 and mir_eval give nothing
    [InlineData("A minor", "E minor", 0.5)]
    [InlineData("C major", "A minor", 0.3)]
    [InlineData("A minor", "C major", 0.3)]
    [InlineData("C major", "Eb minor", 0)] // three up is the relative of a minor key only
    [InlineData("F# major", "Gb major", 1)]
    [InlineData("C major", "C minor", 0.2)]
    [InlineData("B minor", "B major", 0.2)]
    [InlineData("C major", "G minor", 0)]
    [InlineData("none", "none", 1)]
    [InlineData("none", "C major", 0)]
    [InlineData("C major", "none", 0)]
    public void NeighboursScoreInPart(string truth, string estimate, double score) =>
        Assert.Equal(score, KeyScore.Of(KeyNames.Parse(truth), KeyNames.Parse(estimate)));

    [Theory]
    [InlineData("H minor")]
    [InlineData("C")]
    [InlineData("Cx major")]
    [InlineData("C lydian")]
    [InlineData(" major")]
    public void WhatIsNoKeyIsRefused(string name) => Assert.Throws<FormatException>(() => KeyNames.Parse(name));
}
