using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using AInimEngine.Analysis.Evaluation.Families;

namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>Makes the data that the beat activation is trained on; tests/oracles/beat_activation_train.py says how it is used.</summary>
internal static class GenresVerb
{
    internal const string Usage = """
        usage: AInimEngine.Analysis.Evaluation genres midi FOLDER SEED COUNT     pieces of all genres in turn, with truth
               AInimEngine.Analysis.Evaluation genres families FOLDER COUNT      bands of the synthetic families' tuning part
               AInimEngine.Analysis.Evaluation genres bands FOLDER [--delete]    bands of every WAV file there
        """;

    /// <summary>Runs one.</summary>
    /// <returns>The exit code.</returns>
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        switch (arguments)
        {
            case ["midi", var folder, var seed, var count]:
                GenreCorpus.Write(folder, ulong.Parse(seed, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            case ["families", var folder, var count]:
                WriteFamilies(folder, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            case ["bands", var folder, .. var rest]:
                BandExport.Folder(folder, rest is ["--delete"]);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static void WriteFamilies(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        int number = 0;
        foreach (Family family in SyntheticFamilies.All.Where(family => family.Name != "codec"))
        {
            foreach (Track track in family.Tuning(count))
            {
                using Heard heard = track.Load();
                string path = Path.Combine(folder, $"{number++:d4}-{family.Name.Replace(' ', '_')}");
                short[] samples = Array.ConvertAll(heard.Stereo, x => (short)Math.Clamp(Math.Round(x * 32768.0), short.MinValue, short.MaxValue));
                File.WriteAllText(path + ".json", JsonSerializer.Serialize(new { genre = family.Name, beats = heard.Truth.Beats, downbeats = heard.Truth.Downbeats }));
                File.WriteAllBytes(path + ".bands", MemoryMarshal.AsBytes<float>(BandExport.Bands(samples)).ToArray());
            }
        }
    }
}
