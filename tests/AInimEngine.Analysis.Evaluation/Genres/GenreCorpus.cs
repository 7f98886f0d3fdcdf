using System.Globalization;
using System.Text.Json;

namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>Writes seeded pieces of all genres in turn: a MIDI file and its truth each.</summary>
public static class GenreCorpus
{
    /// <summary>Composes piece <paramref name="index"/> of a corpus.</summary>
    public static Piece Compose(ulong seed, int index)
    {
        var dice = new Dice(seed, (ulong)index);
        Genre genre = GenreTable.All[index % GenreTable.All.Count];
        return Composer.Compose(genre, dice.Between(30, 42), dice.Fork(7));
    }

    /// <summary>Writes NNNN-genre.mid and .json (genre, beats and downbeats in seconds) into a folder.</summary>
    /// <returns>The names without extension.</returns>
    public static IReadOnlyList<string> Write(string folder, ulong seed, int count)
    {
        Directory.CreateDirectory(folder);
        var names = new List<string>();
        for (int i = 0; i < count; i++)
        {
            Piece piece = Compose(seed, i);
            string name = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{i:d4}-{piece.Genre.Name}"));
            File.WriteAllBytes(name + ".mid", MidiWriter.Write(piece));
            File.WriteAllText(name + ".json", JsonSerializer.Serialize(new { genre = piece.Genre.Name, beats = piece.Beats(), downbeats = piece.Downbeats() }));
            names.Add(name);
        }
        return names;
    }
}
