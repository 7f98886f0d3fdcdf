using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Structure;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Tests;

public sealed class StructureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void SectionsOfAKnownSongAreFoundAndRepeatedOnesShareALabel(int seed)
    {
        float[] song = Signals.Stereo(SyntheticSong.Song(seed));
        StructureReport report = Structures.Report(song, Structures.Beats(96));
        double[] truth = [.. SyntheticSong.Bars[1..^1].Select(bar => bar * 2.0)];
        double[] found = [.. report.Sections.Skip(1).Select(section => section.Start)];
        Assert.True(Structures.BoundaryF(truth, found, 0.5) >= 0.8, string.Join(" ", report.Sections));
        Assert.True(Structures.BoundaryF(truth, found, 3) >= 0.9, string.Join(" ", report.Sections));
        Assert.Equal(0, report.Sections[0].Start);
        Assert.Equal(96, report.Sections[^1].End, 6);
        Assert.InRange(report.Confidence, 0.3, 1);

        string At(double second) => report.Sections.First(section => second < section.End).Label;
        Assert.Equal(At(16), At(48));
        Assert.Equal(At(32), At(80));
        Assert.NotEqual(At(16), At(32));
        Assert.NotEqual(At(64), At(80));
    }

    [Fact]
    public void TheDropTheBreakAndTheBuildUpOfAKnownSongAreFound()
    {
        StructureReport report = Structures.Report(Signals.Stereo(SyntheticSong.Song(1)), Structures.Beats(96));
        string all = string.Join(" ", report.Events);
        Assert.True(report.Events.Any(e => e.Kind == EnergyEventKind.Drop && Math.Abs(e.Start - 72) < 0.3), all);
        Assert.True(report.Events.Any(e => e.Kind == EnergyEventKind.Break && Math.Abs(e.Start - 56) < 1.1 && Math.Abs(e.End - 72) < 3), all);
        Assert.True(report.Events.Any(e => e.Kind == EnergyEventKind.BuildUp && Math.Abs(e.End - 72) < 0.3 && e.Start is > 52 and < 69), all);
        Assert.True(report.Events.Count(e => e.Kind == EnergyEventKind.Drop) <= 2, all);
    }

    [Fact]
    public void SoundWithoutAPulseGetsSectionsFromNoveltyAndLittleConfidence()
    {
        // Two minutes of slow noise that turns from dark to bright after 70 s.
        float[] sound = Signals.Noise(8, 0.1f, 120 * Hop.SampleRate);
        float low = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            low += 0.02f * (sound[i] - low);
            sound[i] = i < 70 * Hop.SampleRate ? 3 * low : 0.5f * (sound[i] - low);
        }
        StructureReport report = Structures.Report(Signals.Stereo(sound), BeatTrack.None);
        Assert.InRange(report.Confidence, 0, 0.25);
        Section second = Assert.Single(report.Sections, section => section.Start > 0);
        Assert.InRange(second.Start, 69, 71);
        Assert.Empty(report.Events);

        // Beats that nobody believes change nothing.
        StructureReport doubtful = Structures.Report(Signals.Stereo(sound), Structures.Beats(120, 0.2));
        Assert.Equal(report.Sections, doubtful.Sections);
    }

    [Fact]
    public void EvenNoiseIsOneSection()
    {
        StructureReport report = Structures.Report(Signals.Stereo(Signals.Noise(4, 0.1f, 60 * Hop.SampleRate)), BeatTrack.None);
        Assert.Equal("A", Assert.Single(report.Sections).Label);
        Assert.Empty(report.Events);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2400)]
    [InlineData(30000)]
    public void ShortAndSilentSoundsHaveDefinedResults(int samples)
    {
        StructureReport report = Structures.Report(new float[2 * samples], BeatTrack.None);
        Assert.Equal(samples > 0 ? 1 : 0, report.Sections.Count);
        Assert.All(report.Sections, section => Assert.True(double.IsFinite(section.Energy)));
        Assert.All(report.Novelty.Values, x => Assert.InRange(x, 0, 1));
        Assert.Empty(report.Events);
    }

    [Fact]
    public void ThreeHoursAreCutByNovelty()
    {
        // Five minutes of each of six timbres, over and over.
        int cells = (int)(3 * 3600 * PitchGrid.CellRate);
        var rows = new float[cells * StructureFeatures.Width];
        float[] noise = Signals.Noise(6, 2, rows.Length);
        for (int cell = 0; cell < cells; cell++)
        {
            int kind = (int)(cell / PitchGrid.CellRate / 300) % 6;
            for (int k = 0; k < StructureFeatures.MelBands; k++)
                rows[cell * StructureFeatures.Width + k] = -40 + 12 * MathF.Sin(k * (kind + 1) * 0.18f) + noise[cell * StructureFeatures.Width + k];
            rows[cell * StructureFeatures.Width + StructureFeatures.Low] = 0.1f;
            rows[cell * StructureFeatures.Width + StructureFeatures.Mid] = 0.1f;
            rows[cell * StructureFeatures.Width + StructureFeatures.High] = 0.05f;
        }
        var chroma = new ChromaTrack(new float[cells * PitchGrid.Fine], new float[cells], 0);
        StructureReport report = StructureAnalyzer.Analyze(new StructureFeatures(rows), chroma, Structures.Beats(10800), 10800);
        double[] truth = [.. Enumerable.Range(1, 35).Select(i => i * 300.0)];
        double[] found = [.. report.Sections.Skip(1).Select(section => section.Start)];
        Assert.True(Structures.BoundaryF(truth, found, 3) > 0.95, string.Join(" ", found));
        Assert.Equal(report.Sections[0].Label, report.Sections[6].Label);
        Assert.NotEqual(report.Sections[0].Label, report.Sections[1].Label);
        Assert.InRange(rows.Length * sizeof(float), 0, 20 << 20);
    }

    [Fact]
    public void ListenerAllocatesOnlyWhatItKeeps()
    {
        var listener = new StructureListener();
        float[] power = new float[1024];
        for (int hop = 0; hop < 1600; hop++)
            listener.Hear(hop, power, power);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int hop = 1600; hop < 1616; hop++)
            listener.Hear(hop, power, power);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ChaptersAreSectionsAtLeastTenSecondsApart()
    {
        TrackAnalysis track = Track(
            new Section(0.5, 12, "intro", 0.5), new Section(12, 40, "A", 1), new Section(40, 45, "B", 1),
            new Section(45, 80, "A", 1), new Section(80, 95, "outro", 0.4));
        Assert.Equal([(0.0, "Intro"), (12.0, "A"), (45.0, "A 2"), (80.0, "Outro")], Chapters.Of(track));
    }

    private static TrackAnalysis Track(params Section[] sections) => new()
    {
        SampleCount = 95 * Hop.SampleRate,
        Tempo = TempoEstimate.None,
        Beats = BeatTrack.None,
        Onsets = new OnsetTrack([], [], [], []),
        Sections = sections,
        Key = new KeyTrack(new KeyEstimate(-1, false, 0), [], 0),
        Events = [],
        Novelty = new Curve(4, []),
        Loudness = new LoudnessReport(-70, -70, -70, 0, -70),
        Summary = new Ranges.TrackScan().Complete(),
    };
}
