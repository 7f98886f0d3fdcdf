using AInimEngine.Analysis.Evaluation.Families;

namespace AInimEngine.Analysis.Evaluation.Tests.Families;

public sealed class FamilyTests
{
    public static TheoryData<string> Names => [.. SyntheticFamilies.All.Select(family => family.Name).Where(name => name != "codec" || AacRoundTrip.Missing is null)];

    private static Family Of(string name) => SyntheticFamilies.All.Single(family => family.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void ATrackIsSoundWithItsTruth(string name)
    {
        using Heard track = Of(name).Make(1);
        Truth truth = track.Truth;
        Assert.InRange(track.Duration, 30, 30.1);
        Assert.All(track.Stereo, sample => Assert.True(float.IsFinite(sample)));
        Assert.InRange(track.Stereo.Max(Math.Abs), 0.4f, 1.1f);
        Assert.InRange(truth.Tempo, 49, 221);
        Assert.InRange(truth.Beats[0], 0, 0.6);
        Assert.InRange(truth.Beats[^1], 29.7 - 60 / 45.0, 29.7);
        Assert.Equal(truth.Beats.Order(), truth.Beats);
        Assert.True(truth.Onsets.Length >= truth.Beats.Length / 2, $"{truth.Onsets.Length} onsets, {truth.Beats.Length} beats");
        Assert.All(truth.Onsets.Zip(truth.Onsets.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.03));
    }

    [Fact]
    public void ASeedMakesTheSameTrackAgainAndAnotherSeedAnother()
    {
        Family band = Of("band");
        Assert.Equal(band.Make(7).Stereo, band.Make(7).Stereo);
        Assert.Equal(band.Make(7).Truth.Onsets, band.Make(7).Truth.Onsets);
        Assert.NotEqual(band.Make(7).Truth.Beats, band.Make(8).Truth.Beats);
    }

    [Fact]
    public void TuningAndHeldOutShareNoTrack()
    {
        Family drums = Of("drums");
        Assert.Empty(drums.Tuning(1000).Select(track => track.Name).Intersect(drums.HeldOut(1000).Select(track => track.Name)));
    }

    [Fact]
    public void HitsAreWhereTheTruthSaysToTheSample()
    {
        using Heard track = Of("clicks").Make(3);
        foreach (double onset in track.Truth.Onsets)
        {
            int at = (int)Math.Round(onset * Hop.SampleRate);
            Assert.InRange(Math.Abs(track.Stereo[2 * at + 2]), 0.01f, 1);
            Assert.True(Math.Abs(track.Stereo[2 * at - 2]) < 1e-4f);
        }
    }

    [Fact]
    public void TheCodecKeepsTime()
    {
        Assert.SkipWhen(AacRoundTrip.Missing is not null, AacRoundTrip.Missing ?? "");
        using Heard plain = Of("clicks").Make(5);
        using Heard coded = AacRoundTrip.Of(plain);
        int best = Enumerable.Range(-200, 401).MaxBy(lag => Enumerable.Range(0, 20000).Sum(i => Sample(plain, 48000 + i) * (double)Sample(coded, 48000 + i + lag)));
        Assert.Equal(0, best);
    }

    private static float Sample(Heard track, int at) => track.Stereo[2 * at];

    [Theory]
    [InlineData("step", 0.10, 0.45)]
    [InlineData("ramp", 0.05, 0.20)]
    [InlineData("drift", 0.02, 0.10)]
    [InlineData("ritardando", 0.15, 0.45)]
    [InlineData("band", 0, 1e-9)]
    public void TheTempoMovesAsTheFamilySays(string name, double least, double most)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            double[] beats = Of(name).Make(seed).Truth.Beats;
            double[] intervals = [.. beats.Skip(1).Zip(beats, (next, beat) => next - beat)];
            Assert.InRange(intervals.Max() / intervals.Min() - 1, least, most);
        }
    }
}
