using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Engine.Hearing;

/// <summary>
/// Analyses that were made before, one file each, named after the sound's bytes and the program that analysed them. A
/// file appears only whole; one that is damaged counts as absent. Trouble with the folder is no trouble: it is a cache.
/// </summary>
/// <param name="folder">Where the files lie; made when the first is written.</param>
public sealed class AnalysisCache(string folder)
{
    private const int MostEntries = 500;

    private sealed record Entry(string Codec, bool IsMended, IReadOnlyList<string> Warnings, string Analysis);

    /// <summary>The user's own: $XDG_CACHE_HOME/ainim/analysis, or ~/.cache/ainim/analysis.</summary>
    public static AnalysisCache OfUser() => new(Path.Combine(Installation.CacheFolder, "analysis"));

    /// <summary>Which analysis can be used again: another version of it, or another build, makes its own.</summary>
    public static string Program { get; } =
        $"{TrackAnalysis.CurrentVersion}-{typeof(TrackAnalysis).Module.ModuleVersionId.ToString("n")[..12]}-{typeof(Media.AudioFile).Module.ModuleVersionId.ToString("n")[..12]}";

    /// <summary>Where the analysis of a sound lies.</summary>
    /// <param name="hash">SHA-256 of the file, lower-case hex.</param>
    public string PathOf(string hash) => Path.Combine(folder, $"{hash}-{Program}.analysis");

    /// <summary>Finds an analysis; null when there is none that is whole.</summary>
    /// <param name="path">The sound file, for the answer.</param>
    /// <param name="hash">SHA-256 of the file.</param>
    /// <param name="warnings">What was said about the file when it was decoded.</param>
    public HeardTrack? Find(string path, string hash, out IReadOnlyList<string> warnings)
    {
        warnings = [];
        try
        {
            string file = PathOf(hash);
            if (!File.Exists(file))
                return null;
            string text = File.ReadAllText(file);
            int line = text.IndexOf('\n', StringComparison.Ordinal);
            if (line < 0 || text[..line] != Seal(text[(line + 1)..]) || JsonSerializer.Deserialize<Entry>(text[(line + 1)..]) is not { } entry)
                return null;
            TrackAnalysis analysis = TrackAnalysisFormat.Read(entry.Analysis);
            warnings = entry.Warnings;
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime); // the last used goes last
            return new HeardTrack(path, hash, analysis, entry.Codec, entry.IsMended);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Keeps an analysis, without corrections.</summary>
    public void Keep(HeardTrack heard, IReadOnlyList<string> warnings)
    {
        string body = JsonSerializer.Serialize(new Entry(heard.Codec, heard.IsMended, warnings, TrackAnalysisFormat.Write(heard.Analysis)));
        string file = PathOf(heard.Hash), partial = $"{file}.{Environment.ProcessId}.partial";
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(partial, Seal(body) + "\n" + body);
            File.Move(partial, file, overwrite: true);
            Prune();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
        }
    }

    private static string Seal(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private void Prune()
    {
        FileInfo[] files = new DirectoryInfo(folder).GetFiles("*.analysis");
        foreach (FileInfo file in files.OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostEntries))
            TryDelete(file.FullName);
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whoever comes next finds it.
        }
    }
}
