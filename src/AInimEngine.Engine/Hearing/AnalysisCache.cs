using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Files;

namespace AInimEngine.Engine.Hearing;

/// <summary>
/// Analyses that were made before, one file each, named after the sound's bytes and the program that analysed them. A
/// file appears only whole; one that is damaged counts as absent. Trouble with the folder is no trouble: it is a cache.
/// </summary>
/// <param name="folder">Where the files lie; made when the first is written.</param>
public sealed class AnalysisCache(string folder)
{
    private const int MostEntries = 500;

    // Whatever decodes or hears. Another ffmpeg may decode other samples, and more or fewer of them.
    private static readonly Type[] s_rooms = [typeof(AnalysisCache), typeof(TrackAnalysis), typeof(Media.AudioFile), typeof(Core.Time.Rational)];

    private sealed record Entry(string Codec, bool IsMended, IReadOnlyList<string> Warnings, string Analysis);

    /// <summary>The user's own: $XDG_CACHE_HOME/ainim/analysis, or ~/.cache/ainim/analysis.</summary>
    public static AnalysisCache OfUser() => new(Path.Combine(Installation.CacheFolder, "analysis"));

    /// <summary>Which analysis can be used again: another version of it, or another build, makes its own.</summary>
    public static string Program { get; } =
        $"{TrackAnalysis.CurrentVersion}-{Seal(string.Join(' ', [.. s_rooms.Select(type => type.Module.ModuleVersionId), Media.FFmpegTools.Find().Version]))[..24]}";

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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Keeps an analysis, without corrections.</summary>
    public void Keep(HeardTrack heard, IReadOnlyList<string> warnings)
    {
        string file = PathOf(heard.Hash), partial = $"{file}.{Environment.ProcessId}.partial";
        try
        {
            string body = JsonSerializer.Serialize(new Entry(heard.Codec, heard.IsMended, warnings, TrackAnalysisFormat.Write(heard.Analysis)));
            Directory.CreateDirectory(folder);
            File.WriteAllText(partial, Seal(body) + "\n" + body);
            File.Move(partial, file, overwrite: true);
            Prune();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or JsonException)
        {
            PartialFile.Discard(partial);
        }
    }

    private static string Seal(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private void Prune()
    {
        var here = new DirectoryInfo(folder);
        DateTime yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (FileInfo abandoned in here.GetFiles("*.partial").Where(file => file.LastWriteTimeUtc < yesterday))
            PartialFile.Discard(abandoned.FullName);
        FileInfo[] files = here.GetFiles("*.analysis");
        foreach (FileInfo file in files.OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostEntries))
            PartialFile.Discard(file.FullName);
    }
}
