using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// What a render keeps beside its output until the final file is whole: a manifest, finished segments, and the state at
/// each segment's start. Everything is written to a temporary name and renamed, so whatever has its final name is whole.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private const string ManifestName = "manifest.json", HoldName = "lock";
    private static readonly string[] OurNames = [ManifestName, "segment-*", "state-*", "*.partial", ".ainim*"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private FileStream? _hold;

    private WorkFolder(string output)
    {
        Output = output;
        FullPath = PathFor(output);
    }

    /// <summary>The file that is made, as the user wrote it.</summary>
    public string Output { get; }

    /// <summary>Absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Name of the folder that belongs to an output file.</summary>
    public static string PathFor(string output) => Path.GetFullPath(output) + ".ainim-work";

    /// <summary>
    /// Opens the folder of an output and holds it, so that no other process renders the same file meanwhile. Continues it
    /// when its manifest has the same fingerprint; otherwise starts over.
    /// </summary>
    /// <param name="output">The final file.</param>
    /// <param name="manifest">What is to be made now.</param>
    /// <param name="overwrite">Whether finished segments of another render may be thrown away.</param>
    /// <param name="discarded">True when they were.</param>
    /// <exception cref="AInimException">
    /// The folder cannot be written, another process holds it, or it holds an unfinished render of something else.
    /// </exception>
    public static WorkFolder Open(string output, RenderManifest manifest, bool overwrite, out bool discarded)
    {
        var folder = new WorkFolder(output);
        discarded = false;
        bool isNew = !Directory.Exists(folder.FullPath);
        try
        {
            Directory.CreateDirectory(folder.FullPath);
            folder._hold = Hold(folder.FullPath, output);
            RenderManifest? found = folder.ReadManifest();
            if (found is not null && found.Fingerprint == manifest.Fingerprint)
                return folder;
            discarded = folder.HoldsAnother(found, manifest, overwrite);
            folder.Empty();
            folder.WriteAtomically(ManifestName, JsonSerializer.SerializeToUtf8Bytes(manifest, Indented));
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            folder.Abandon(isNew);
            throw new AInimException(ExitCode.Output, $"cannot write beside '{output}': {SystemReason.Of(error)} Choose an output in a folder that you can write to.", error);
        }
        catch
        {
            folder.Abandon(isNew);
            throw;
        }
    }

    /// <summary>Refuses what <see cref="Open"/> would refuse, as far as it can be told without writing: for before a plan is shown.</summary>
    /// <exception cref="AInimException">Another process holds the folder, or it holds an unfinished render of something else.</exception>
    public static void Check(string output, RenderManifest manifest, bool overwrite)
    {
        var folder = new WorkFolder(output);
        if (File.Exists(Path.Combine(folder.FullPath, HoldName)))
            Hold(folder.FullPath, output).Dispose();
        if (folder.ReadManifest() is { } found && found.Fingerprint != manifest.Fingerprint)
            folder.HoldsAnother(found, manifest, overwrite);
    }

    /// <summary>Number of whole segments that an earlier run of exactly this render left beside its output.</summary>
    public static int CompleteSegments(string output, RenderManifest manifest)
    {
        var folder = new WorkFolder(output);
        return folder.ReadManifest()?.Fingerprint == manifest.Fingerprint ? folder.CompleteSegments(manifest) : 0;
    }

    /// <summary>Where segment <paramref name="index"/> goes once it is whole.</summary>
    public string SegmentPath(int index, string extension) => Path.Combine(FullPath, $"segment-{index:d5}{extension}");

    /// <summary>Number of whole segments from the start, each with the state that the next one begins with.</summary>
    public int CompleteSegments(RenderManifest manifest)
    {
        int count = 0;
        while (count < manifest.SegmentCount && ReadRecord(count) is { } record && IsWhole(manifest, count, record))
            count++;

        // The state that a segment starts from is written when it starts, so the last whole ones may have none after them.
        while (count > 0 && count < manifest.SegmentCount && !HasState(count))
            count--;
        return count;
    }

    /// <summary>Marks a segment as whole; call after the file has its final name and its hashes are known.</summary>
    public void CompleteSegment(int index, SegmentRecord record) =>
        WriteAtomically($"segment-{index:d5}.json", JsonSerializer.SerializeToUtf8Bytes(record));

    /// <summary>The record of a whole segment.</summary>
    public SegmentRecord? ReadRecord(int index) => ReadJson<SegmentRecord>($"segment-{index:d5}.json");

    /// <summary>Writes the state before the first frame of segment <paramref name="index"/>.</summary>
    public void WriteState(int index, ReadOnlySpan<byte> state) => WriteAtomically(StateName(index), state);

    /// <summary>Whether there is a state before segment <paramref name="index"/>.</summary>
    public bool HasState(int index) => File.Exists(Path.Combine(FullPath, StateName(index)));

    /// <summary>Reads the state before the first frame of segment <paramref name="index"/>.</summary>
    public byte[] ReadState(int index) => File.ReadAllBytes(Path.Combine(FullPath, StateName(index)));

    /// <summary>Removes the states that nothing continues from any more.</summary>
    public void DropStateBefore(int index)
    {
        string path = Path.Combine(FullPath, StateName(index - 1));
        if (index > 1 && File.Exists(path))
            File.Delete(path);
    }

    /// <summary>Removes what we put there, and the folder unless somebody else put something in.</summary>
    public void Delete()
    {
        if (!Directory.Exists(FullPath))
            return;
        Empty();

        // Unlinked while it is held: let go of first, another process could hold a file that is then taken from under it.
        File.Delete(Path.Combine(FullPath, HoldName));
        Dispose();
        if (!Directory.EnumerateFileSystemEntries(FullPath).Any())
            Directory.Delete(FullPath);
    }

    /// <summary>Lets go of the folder; what is in it stays.</summary>
    public void Dispose()
    {
        _hold?.Dispose();
        _hold = null;
    }

    // Whether finished segments of another render lie here, that may be thrown away.
    private bool HoldsAnother(RenderManifest? found, RenderManifest manifest, bool overwrite)
    {
        long frames = found is null ? 0 : (long)CompleteSegments(found) * found.SegmentFrames;
        if (frames == 0 || overwrite)
            return frames > 0;
        string[] other = [.. manifest.Details.Keys.Union(found!.Details.Keys).Where(name => manifest.Details.GetValueOrDefault(name) != found.Details.GetValueOrDefault(name)).Order(StringComparer.Ordinal)];
        throw new AInimException(
            ExitCode.Output,
            $"an unfinished render of '{Output}' with other settings ({Math.Min(frames, found.FrameCount)} of {found.FrameCount} frames; other: {string.Join(", ", other)}) lies beside it. Give its command again to continue it, --overwrite to start over, or another output.");
    }

    // On a full disk the folder may be made and the first file in it not.
    private void Abandon(bool isNew)
    {
        try
        {
            if (isNew && _hold is not null)
                Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What stays is empty; the reason for giving up says more.
        }
        Dispose();
    }

    private static string StateName(int index) => $"state-{index:d5}.bin";

    private static FileStream Hold(string folder, string output)
    {
        try
        {
            return new FileStream(Path.Combine(folder, HoldName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(Path.Combine(folder, HoldName)))
        {
            throw new AInimException(ExitCode.Output, $"another ainim is rendering '{output}' at this moment. Wait for it, or choose another output.", error);
        }
    }

    // By name, never the whole folder: it lies among the user's own files.
    private void Empty()
    {
        foreach (string pattern in OurNames)
            foreach (string file in Directory.EnumerateFiles(FullPath, pattern))
                File.Delete(file);
    }

    private bool IsWhole(RenderManifest manifest, int index, SegmentRecord record)
    {
        var file = new FileInfo(SegmentPath(index, manifest.SegmentExtension));
        return file.Exists && file.Length == record.Bytes && record.FrameCount == manifest.FramesOf(index);
    }

    private RenderManifest? ReadManifest() => ReadJson<RenderManifest>(ManifestName);

    private T? ReadJson<T>(string name)
        where T : class
    {
        try
        {
            string path = Path.Combine(FullPath, name);
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path)) : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // Not ours, not whole, or not ours to read: the render starts over rather than trust it.
            return null;
        }
    }

    private void WriteAtomically(string name, ReadOnlySpan<byte> bytes)
    {
        string final = Path.Combine(FullPath, name);
        string partial = final + ".partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            File.Move(partial, final, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            PartialFile.Discard(partial);
            throw new AInimException(ExitCode.Output, $"cannot write in '{FullPath}': {SystemReason.Of(error)} Make space there and give the same command to continue.", error);
        }
    }
}
