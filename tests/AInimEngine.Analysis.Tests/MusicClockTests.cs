using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Music;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

/// <summary>Where in beat, bar and section a frame is, against analyses whose truth is simple arithmetic.</summary>
public sealed class MusicClockTests
{
    private const int Rate = 48000;

    [Fact]
    public void TheSlotsAreThoseOfTheTable()
    {
        string[] slots = [.. Enum.GetNames<MusicSlot>().Select(name => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "." + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString())))];
        Assert.Equal(MusicTable.Layout.Fields.Select(field => field.Name), slots);
        Assert.All(MusicTable.Layout.Fields, field => Assert.Equal(1, field.Length));
    }

    [Fact]
    public void NoSourceIsNamedLikeAFeature() =>
        Assert.Empty(MusicTable.Layout.Fields.Select(field => field.Name).Intersect(FeatureTable.Layout.Fields.Select(field => field.Name)));

    [Theory]
    [InlineData(24)]
    [InlineData(30)]
    [InlineData(60)]
    public void APulseIsInTheFrameThatHoldsItsBeatAndInNoOther(int fps)
    {
        double[] beats = [.. Enumerable.Range(0, 40).Select(i => 0.25 + i * 0.4703)];
        var clock = new MusicClock(Analysis(20, beats));
        var pulses = new List<long>();
        for (long frame = 0; frame < 20 * fps; frame++)
            if (Fill(clock, frame * Rate / fps, Rate / fps)[(int)MusicSlot.BeatPulse] == 1)
                pulses.Add(frame);
        Assert.Equal(beats.Select(beat => (long)Math.Floor(beat * fps)), pulses);
    }

    [Fact]
    public void PhasesAreThoseOfTheLastSample()
    {
        double[] beats = [.. Enumerable.Range(0, 33).Select(i => 1 + i * 0.5)];
        var clock = new MusicClock(Analysis(20, beats));
        for (long first = 0; first < 17 * Rate; first += 1600)
        {
            float[] values = Fill(clock, first, 1600);
            double since = (first + 1599.0) / Rate - 1;
            if (since < 0)
            {
                Assert.Equal(0, values[(int)MusicSlot.Beat]);
                Assert.Equal(0, values[(int)MusicSlot.Bar]);
                continue;
            }
            Assert.Equal(since / 0.5 % 1, values[(int)MusicSlot.Beat], 1e-4);
            Assert.Equal(since / 2 % 1, values[(int)MusicSlot.Bar], 1e-4);
            Assert.Equal(since / 8 % 1, values[(int)MusicSlot.Bar4], 1e-4);
            Assert.Equal(0.5 + 0.5 * Math.Cos(Math.Tau * since / 0.5), values[(int)MusicSlot.BeatSine], 1e-3);
            Assert.Equal(Math.Floor(since / 0.5) + 1, values[(int)MusicSlot.BeatCount]);
            Assert.Equal(Math.Floor(since / 2) + 1, values[(int)MusicSlot.BarCount]);
            Assert.Equal(120, values[(int)MusicSlot.Tempo], 1e-3);
        }
    }

    [Fact]
    public void EveryValueStaysInItsRange()
    {
        double[] beats = [.. Enumerable.Range(0, 30).Select(i => 0.3 + i * 0.41 + 0.02 * Math.Sin(i))];
        TrackAnalysis analysis = Analysis(15, beats) with
        {
            Events = [new(EnergyEventKind.BuildUp, 2, 6, 1), new(EnergyEventKind.Drop, 6, 6, 0.9), new(EnergyEventKind.Break, 9, 11, 1)],
        };
        var clock = new MusicClock(analysis);
        for (long first = -3200; first < 16 * Rate; first += 1601)
        {
            float[] values = Fill(clock, first, 1601);
            foreach (FrameField field in MusicTable.Layout.Fields)
                Assert.InRange(values[MusicTable.Layout.OffsetOf(field.Name)], field.Min, field.Max);
        }
        Assert.Equal(0.5, Fill(clock, 4 * Rate - 1, 1)[(int)MusicSlot.Build], 1e-3);
        Assert.Equal(0.9f, Fill(clock, 6 * Rate, 1600)[(int)MusicSlot.Drop]);
        Assert.Equal(0, Fill(clock, 6 * Rate - 1600, 1600)[(int)MusicSlot.Drop]);
        Assert.Equal(0.9 / Math.E, Fill(clock, 7 * Rate, 1)[(int)MusicSlot.DropGlow], 1e-3);
        Assert.Equal(1, Fill(clock, 10 * Rate, 1)[(int)MusicSlot.Break]);
    }

    [Fact]
    public void MusicWithoutATrustedPulseLeavesPhasesAndConfidenceAtZero()
    {
        double[] beats = [.. Enumerable.Range(0, 30).Select(i => i * 0.5)];
        TrackAnalysis doubtful = Analysis(15, beats) with { Tempo = new TempoEstimate(120, 0.2, true, []) };
        foreach (TrackAnalysis analysis in (TrackAnalysis[])[doubtful, Analysis(15, []) with { Tempo = TempoEstimate.None }])
        {
            var clock = new MusicClock(analysis);
            for (long first = 0; first < 15 * Rate; first += 4801)
                Assert.All(Fill(clock, first, 1600)[(int)MusicSlot.Tempo..((int)MusicSlot.Bar4Sine + 1)], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void AHoleInTheBeatsIsNotFilledWithInventedOnes()
    {
        double[] beats = [1, 1.5, 2, 2.5, 6.5, 7, 7.5];
        var clock = new MusicClock(Analysis(10, beats));
        Assert.Equal(0.8, Fill(clock, (long)(2.9 * Rate), 1)[(int)MusicSlot.Beat], 1e-3);
        Assert.Equal(0, Fill(clock, (long)(3.2 * Rate), 1)[(int)MusicSlot.Beat]);
        Assert.Equal(0, Fill(clock, 6 * Rate, 1)[(int)MusicSlot.BeatSine]);
        Assert.Equal(0.2, Fill(clock, (long)(6.6 * Rate), 1)[(int)MusicSlot.Beat], 1e-3);
        Assert.Equal(0, Fill(clock, 9 * Rate, 1)[(int)MusicSlot.Beat]);
    }

    [Fact]
    public void PhrasesOfFourBarsBeginAtSections()
    {
        double[] beats = [.. Enumerable.Range(0, 80).Select(i => i * 0.5)];
        TrackAnalysis analysis = Analysis(40, beats) with { Sections = [new(0, 12.1, "A", 1), new(12.1, 40, "B", 0.5)] };
        var clock = new MusicClock(analysis);
        Assert.Equal(0, Fill(clock, 8 * Rate, 1)[(int)MusicSlot.Bar4], 1e-3);
        Assert.Equal(0.5, Fill(clock, (long)(11.9999 * Rate), 1)[(int)MusicSlot.Bar4], 1e-3);
        Assert.Equal(0, Fill(clock, 12 * Rate, 1)[(int)MusicSlot.Bar4], 1e-3);
        float[] second = Fill(clock, 20 * Rate, 1);
        Assert.Equal(1, second[(int)MusicSlot.SectionIndex]);
        Assert.Equal(1, second[(int)MusicSlot.SectionLabel]);
        Assert.Equal(7.9, second[(int)MusicSlot.SectionSeconds], 1e-3);
        Assert.Equal(0.5, second[(int)MusicSlot.SectionEnergy]);
        Assert.Equal(1, Fill(clock, 12 * Rate, Rate / 4)[(int)MusicSlot.SectionPulse]);
        Assert.Equal(0, Fill(clock, 13 * Rate, Rate / 4)[(int)MusicSlot.SectionPulse]);
    }

    [Fact]
    public void FillingAllocatesNothing()
    {
        var clock = new MusicClock(Analysis(60, [.. Enumerable.Range(0, 120).Select(i => i * 0.5)]));
        var values = new float[MusicTable.Layout.Size];
        clock.Fill(0, 1600, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (long frame = 0; frame < 1800; frame++)
            clock.Fill(frame * 1600, 1600, values);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void AnAnalysisIsTheSameAfterARoundThroughItsFormat()
    {
        TrackAnalysis analysis = Analysis(12.3456789, [0.1, 0.6000000001, 1.1]) with { Events = [new(EnergyEventKind.Drop, 1.25, 1.25, 0.5)] };
        string text = TrackAnalysisFormat.Write(analysis);
        TrackAnalysis again = TrackAnalysisFormat.Read(text);
        Assert.Equal(text, TrackAnalysisFormat.Write(again));
        Assert.Equal(analysis.Beats.Times, again.Beats.Times);
        Assert.Throws<InvalidDataException>(() => TrackAnalysisFormat.Read("{}"));
        Assert.Throws<InvalidDataException>(() => TrackAnalysisFormat.Read(text[..^10]));
        Assert.Throws<InvalidDataException>(() => TrackAnalysisFormat.Read("null"));
    }

    private static float[] Fill(MusicClock clock, long first, int count)
    {
        var values = new float[MusicTable.Layout.Size];
        clock.Fill(first, count, values);
        return values;
    }

    private static TrackAnalysis Analysis(double seconds, double[] beats)
    {
        long samples = (long)(seconds * Rate);
        double period = beats.Length > 1 ? (beats[1] - beats[0]) : 0.5;
        return new TrackAnalysis
        {
            SampleCount = samples,
            Tempo = new TempoEstimate(60 / period, 0.9, false, [new TempoCandidate(30 / period, 0.1)]),
            Beats = new BeatTrack(beats, [.. beats.Select((_, i) => i % 4 + 1)], 4, 0.8, 0.7),
            Onsets = new OnsetTrack([new OnsetMark(0.5, 1.25f)], [], [], []),
            Sections = [new Section(0, seconds, "A", 1)],
            Key = new KeyTrack(new KeyEstimate(9, true, 0.5), [new KeySpan(0, seconds, new KeyEstimate(9, true, 0.5))], -3),
            Events = [],
            Novelty = new Curve(10, [.. Enumerable.Range(0, (int)(seconds * 10)).Select(i => i % 10 / 10f)]),
            Loudness = new LoudnessReport(-14, -9, -11, 6, -1),
            Summary = Silence(samples),
        };
    }

    private static TrackSummary Silence(long samples)
    {
        var scan = new TrackScan();
        scan.Write(new AudioBlock(new float[2 * 4800], Rate, 2, 0));
        return scan.Complete() with { SampleCount = samples };
    }
}
