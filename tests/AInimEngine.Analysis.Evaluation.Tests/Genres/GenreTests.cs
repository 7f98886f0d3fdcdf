using AInimEngine.Analysis.Evaluation.Genres;
using AInimEngine.Analysis.Midi;

namespace AInimEngine.Analysis.Evaluation.Tests.Genres;

public class GenreTests
{
    [Fact]
    public void EveryGenreComposesAFileThatHoldsItsBeatsAtThePlacesOfItsTempoMap()
    {
        for (int i = 0; i < GenreTable.All.Count; i++)
        {
            Piece piece = GenreCorpus.Compose(5, i);
            MidiFile file = MidiFile.Read(MidiWriter.Write(piece), piece.Genre.Name);
            double[] beats = piece.Beats();
            Assert.True(file.Tracks.Sum(track => track.Notes.Count) > 20, piece.Genre.Name);

            // A beat is 480 ticks; the first 480 are the silence before it. Microseconds are whole: exact but for rounding.
            for (int beat = 0; beat < beats.Length; beat++)
                Assert.Equal(file.Tempo.SecondsAt(480 * (beat + 1)), beats[beat], 1e-6);
            Assert.InRange(file.Duration, 15, 70);
        }
    }

    [Fact]
    public void MostClicksOfTheClickGenreFallOnBeats()
    {
        int click = Enumerable.Range(0, GenreTable.All.Count).First(i => GenreTable.All[i].Name == "clicks");
        Piece piece = GenreCorpus.Compose(5, click);
        MidiFile file = MidiFile.Read(MidiWriter.Write(piece));
        double[] beats = piece.Beats(), notes = [.. file.Tracks.SelectMany(track => track.Notes).Select(note => file.Tempo.SecondsAt(note.Start))];
        Assert.Empty(piece.Downbeats());
        Assert.All(notes, note => Assert.True(beats.Min(beat => Math.Abs(beat - note)) < 0.015, $"{note} s lies on no beat"));
        Assert.True(notes.Length >= 0.9 * beats.Length);
    }

    [Fact]
    public void DownbeatsAreBeatsABarApart()
    {
        for (int i = 0; i < GenreTable.All.Count; i++)
        {
            Piece piece = GenreCorpus.Compose(6, i);
            double[] beats = piece.Beats(), downbeats = piece.Downbeats();
            for (int bar = 0; bar < downbeats.Length; bar++)
                Assert.Equal(beats[piece.Tempo.Pickup + bar * piece.Genre.Beats], downbeats[bar]);
        }
    }

    [Fact]
    public void ASeedRepeatsAPieceAndAnotherDoesNot()
    {
        byte[] first = MidiWriter.Write(GenreCorpus.Compose(7, 3)), again = MidiWriter.Write(GenreCorpus.Compose(7, 3));
        Assert.Equal(first, again);
        Assert.NotEqual(first, MidiWriter.Write(GenreCorpus.Compose(8, 3)));
    }
}
