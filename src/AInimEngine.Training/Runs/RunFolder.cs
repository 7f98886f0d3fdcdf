using System.Text.Json;
using System.Text.Json.Serialization;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Runs;

/// <summary>
/// "NAME.training" beside the model that a run makes: what the run is, its checkpoints, its best model, its log and what
/// people look at. Held by one process at a time.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private const string Ending = ".training", DescriptionName = "settings.json", LockName = "lock", CheckpointName = "checkpoint.safetensors";
    private const long MostDescriptionBytes = 1 << 20;

    // By name, never the whole folder: it lies among the user's own files.
    private static readonly string[] s_ourNames = [DescriptionName, "log.jsonl", "checkpoint.*", "best.*", "start.*", "report.html", "walk.mp4", "walk.mp4.part", "pictures.png", "nearest.png"];

    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private FileStream? _hold;

    private RunFolder(string output)
    {
        Output = output;
        FullPath = PathFor(output);
    }

    /// <summary>The model that the run makes, as the user wrote it.</summary>
    public string Output { get; }

    /// <summary>Absolute path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>The folder as the user would write it.</summary>
    public string ShownPath => Path.ChangeExtension(Output, null) + Ending;

    /// <summary>The newest checkpoint.</summary>
    public string CheckpointPath => Path.Combine(FullPath, CheckpointName);

    /// <summary>The checkpoint before.</summary>
    public string EarlierCheckpointPath => Path.Combine(FullPath, "checkpoint.before.safetensors");

    /// <summary>The best model so far, which plays.</summary>
    public string BestPath => Path.Combine(FullPath, "best.safetensors");

    /// <summary>The model that the run went on from, if it did.</summary>
    public string StartPath => Path.Combine(FullPath, "start.safetensors");

    /// <summary>One line a measure.</summary>
    public string LogPath => Path.Combine(FullPath, "log.jsonl");

    /// <summary>Sample sheets.</summary>
    public string SheetsPath => Path.Combine(FullPath, "sheets");

    /// <summary>A loop through the model.</summary>
    public string WalkPath => Path.Combine(FullPath, "walk.mp4");

    /// <summary>Curves and sheets.</summary>
    public string ReportPath => Path.Combine(FullPath, "report.html");

    /// <summary>Absolute path of the folder that belongs to a model.</summary>
    public static string PathFor(string output) => Path.ChangeExtension(Path.GetFullPath(output), null) + Ending;

    /// <summary>Where the newest checkpoint of the run that made a model would be.</summary>
    public static string CheckpointOf(string output) => Path.Combine(PathFor(output), CheckpointName);

    /// <summary>The run that belongs to a model; null if there is none.</summary>
    /// <param name="output">The model's path.</param>
    /// <exception cref="AInimException">There is one that cannot be read.</exception>
    public static RunDescription? Describe(string output)
    {
        string path = Path.Combine(PathFor(output), DescriptionName);
        if (!File.Exists(path))
            return null;
        try
        {
            var found = JsonSerializer.Deserialize<RunDescription>(SmallFile.Read(path, MostDescriptionBytes), s_json);
            if (found?.Format != RunDescription.CurrentFormat)
                throw new JsonException("it is of another format");
            return found is { Request: not null, Settings: not null, DataHash: not null, MeasureSteps: >= 1, MeasurePictures: >= 1 } ? found : throw new JsonException("something in it is missing or out of range");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new AInimException(ExitCode.Input, $"cannot go on with the run in '{PathFor(output)}': {DescriptionName} cannot be read ({error.Message.TrimEnd('.')}). Start over with --overwrite.", error);
        }
    }

    /// <summary>The model whose run somebody means.</summary>
    /// <param name="named">A run's folder, or the model that it makes; null for the only run in the current folder.</param>
    /// <exception cref="AInimException">There is none, or more than one.</exception>
    public static string Find(string? named)
    {
        if (named is not null)
        {
            string trimmed = Path.TrimEndingDirectorySeparator(named);
            string output = trimmed.EndsWith(Ending, StringComparison.Ordinal) ? trimmed[..^Ending.Length] + ModelFile.Extension : trimmed;
            return File.Exists(Path.Combine(PathFor(output), DescriptionName))
                ? output
                : throw new AInimException(ExitCode.Input, $"there is no training run to resume at '{named}'. Pass the model's file or its '{Ending}' folder, or start one: ainim train PICTURES -o MODEL{ModelFile.Extension}");
        }
        string[] runs = [.. Directory.EnumerateDirectories(".", "*" + Ending).Where(folder => File.Exists(Path.Combine(folder, DescriptionName))).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];
        return runs.Length switch
        {
            1 => runs[0][..^Ending.Length] + ModelFile.Extension,
            0 => throw new AInimException(ExitCode.Input, $"there is no training run in this folder. Pass the model or the '{Ending}' folder: ainim train --resume mine{ModelFile.Extension}"),
            _ => throw new AInimException(ExitCode.Input, $"there are {runs.Length} training runs here. Say which: ainim train --resume {runs[0]}"),
        };
    }

    /// <summary>Makes or opens the folder and holds it, so that no other process works in it.</summary>
    /// <param name="output">The model that is made.</param>
    /// <exception cref="AInimException">It cannot be written, or another process holds it.</exception>
    public static RunFolder Open(string output)
    {
        var folder = new RunFolder(output);
        try
        {
            Directory.CreateDirectory(folder.FullPath);
            folder._hold = Hold(Path.Combine(folder.FullPath, LockName), output);
            Directory.CreateDirectory(folder.SheetsPath);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            folder.Dispose();
            throw new AInimException(ExitCode.Output, $"cannot write beside '{output}': {SystemReason.Of(error)} Choose an output in a folder that you can write to.", error);
        }
    }

    /// <summary>Says what the run is, atomically.</summary>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public void Write(RunDescription description)
    {
        try
        {
            PartialFile.Write(Path.Combine(FullPath, DescriptionName), file => JsonSerializer.Serialize(file, description, s_json));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write in '{ShownPath}': {SystemReason.Of(error)} Make space there, or choose another output.", error);
        }
    }

    /// <summary>Removes what an earlier run left, by name: what somebody else put there stays.</summary>
    /// <exception cref="AInimException">It cannot be removed.</exception>
    public void Empty()
    {
        try
        {
            foreach (string pattern in s_ourNames)
                foreach (string file in Directory.EnumerateFiles(FullPath, pattern))
                    File.Delete(file);
            foreach (string sheet in Directory.EnumerateFiles(SheetsPath, "*.png"))
                File.Delete(sheet);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot empty '{ShownPath}': {SystemReason.Of(error)} Remove it by hand, or choose another output.", error);
        }
    }

    /// <summary>Lets go of the folder; what is in it stays. A folder in which no run began goes too.</summary>
    public void Dispose()
    {
        if (_hold is null)
            return;
        bool isUnused = !File.Exists(Path.Combine(FullPath, DescriptionName));
        try
        {
            // Unlinked while it is held: let go of first, another process could hold a file that is then taken from under it.
            if (isUnused)
                File.Delete(Path.Combine(FullPath, LockName));
            _hold.Dispose();
            if (isUnused && Directory.Exists(SheetsPath) && !Directory.EnumerateFileSystemEntries(SheetsPath).Any())
                Directory.Delete(SheetsPath);
            if (isUnused && !Directory.EnumerateFileSystemEntries(FullPath).Any())
                Directory.Delete(FullPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What stays is empty.
        }
        _hold = null;
    }

    private static FileStream Hold(string path, string output)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new AInimException(ExitCode.Output, $"another ainim is training '{output}' at this moment. Wait for it, stop it with Ctrl-C there, or choose another output.", error);
        }
    }
}
