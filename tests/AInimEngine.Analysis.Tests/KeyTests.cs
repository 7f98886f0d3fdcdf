using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Tests;

public sealed class KeyTests
{
    private static readonly int[] s_cadence = [1, 4, 5, 1, 6, 4, 5, 1];

    private static float[] Cadences(int tonic, bool minor, int times, double cents = 0)
    {
        var sound = new float[times * 8 * SyntheticSong.Beat * 2];
        for (int i = 0; i < times; i++)
            SyntheticSong.AddChords(sound, i * 16L * SyntheticSong.Beat, 2 * SyntheticSong.Beat, s_cadence, tonic, minor, 0.3, cents);
        return sound;
    }

    private static KeyTrack Find(float[] mono) => KeyFinder.Find(Structures.Chroma(Signals.Stereo(mono)));

    [Fact]
    public void CadencesInAllKeysAreHeardInTheirKey()
    {
        for (int key = 0; key < 24; key++)
        {
            KeyTrack found = Find(Cadences(key % 12, key >= 12, 1));
            Assert.Equal((key % 12, key >= 12), (found.Global.Tonic, found.Global.IsMinor));
            Assert.InRange(found.Global.Confidence, 0.3, 1);
            Assert.InRange(found.TuningCents, -3, 3);
        }
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-40)]
    public void MistunedMusicKeepsItsKeyAndTellsItsTuning(double cents)
    {
        KeyTrack found = Find(Cadences(7, false, 2, cents));
        Assert.Equal("G major", found.Global.Name);
        Assert.InRange(found.TuningCents, cents - 4, cents + 4);
    }

    [Fact]
    public void AChangeOfKeyIsFoundWithinFourSeconds()
    {
        KeyTrack found = Find([.. Cadences(0, false, 5), .. Cadences(4, false, 4)]);
        Assert.Equal(["C major", "E major"], found.Spans.Select(span => span.Key.Name));
        Assert.InRange(found.Spans[0].End, 36, 44);
        Assert.Equal("C major", found.Global.Name);
        Assert.Equal(found.Spans[0].End, found.Spans[1].Start);
    }

    [Fact]
    public void NoiseAndDrumsAndSilenceHaveNoKey()
    {
        var drums = new float[32 * SyntheticSong.Beat];
        SyntheticSong.AddDrums(drums, 0, 8);
        Assert.Equal(-1, Find(drums).Global.Tonic);
        Assert.Equal(-1, Find(Signals.Noise(3, 0.2f, 480000)).Global.Tonic);
        Assert.Equal(-1, Find(new float[96000]).Global.Tonic);
        Assert.Equal(-1, Find([]).Global.Tonic);
        Assert.Empty(Find([]).Spans);
    }

    [Fact]
    public void ChromaDoesNotDependOnTheBlocks()
    {
        float[] music = Signals.Stereo(Signals.Music(96000));
        Span<float> one = stackalloc float[12], other = stackalloc float[12];
        ChromaTrack whole = Structures.Chroma(music, 96000), pieces = Structures.Chroma(music, 333);
        Assert.Equal(24, whole.Cells);
        for (int cell = 0; cell < whole.Cells; cell++)
        {
            whole.AddTo(cell, one);
            pieces.AddTo(cell, other);
        }
        Assert.True(one.SequenceEqual(other));
    }

    [Fact]
    public void ATwoNoteIntervalInTheBassIsToldApart()
    {
        // C and D below middle C's octave, 130.8 and 146.8 Hz: within one bin of the shared transform.
        var sound = new float[96000];
        SyntheticSong.AddNote(sound, 0, 96000, 36, 0.2);
        SyntheticSong.AddNote(sound, 0, 96000, 38, 0.2);
        ChromaTrack chroma = Structures.Chroma(Signals.Stereo(sound));
        var classes = new float[12];
        chroma.AddTo(12, classes);
        int[] order = [.. Enumerable.Range(0, 12).OrderByDescending(i => classes[i])];
        Assert.Equal([0, 2], order[..2].Order());
        Assert.True(classes[1] < 0.1 * classes[0]);
    }
}
