using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Training.Reports;

/// <summary>
/// The log of a run: a JSON object a line, one for each measure, added at the end. A process that is killed while it writes
/// leaves a torn last line, which is left out and written over. One thread at a time.
/// </summary>
public sealed class TrainingLog
{
    /// <summary>Most bytes of a file; a line has about 1,000.</summary>
    public const long MostBytes = 256L << 20;

    private const int MostLine = 1 << 20;
    private readonly List<TrainingRecord> _records;
    private readonly string _path;

    private TrainingLog(string path, List<TrainingRecord> records)
    {
        _path = path;
        _records = records;
    }

    /// <summary>All lines so far, in order of steps.</summary>
    public IReadOnlyList<TrainingRecord> Records => _records;

    /// <summary>The last line; null if there is none.</summary>
    public TrainingRecord? Last => _records.Count == 0 ? null : _records[^1];

    /// <summary>Begins a log; one that is there is replaced.</summary>
    /// <param name="path">"log.jsonl" in a folder that exists.</param>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public static TrainingLog Create(string path)
    {
        var log = new TrainingLog(path, []);
        log.Rewrite();
        return log;
    }

    /// <summary>Goes on with a log: what lies after the checkpoint's step will be made again, and is taken out.</summary>
    /// <param name="path">A log, or nothing yet.</param>
    /// <param name="lastStep">Steps done at the checkpoint.</param>
    /// <exception cref="AInimException">It cannot be read or written.</exception>
    public static TrainingLog Resume(string path, long lastStep)
    {
        var log = new TrainingLog(path, [.. (File.Exists(path) ? Read(path) : []).TakeWhile(record => record.Step <= lastStep)]);
        log.Rewrite();
        return log;
    }

    /// <summary>Reads a log, up to its first line that is torn or none of ours.</summary>
    /// <param name="path">A log; it may be empty.</param>
    /// <exception cref="AInimException">It cannot be read.</exception>
    public static IReadOnlyList<TrainingRecord> Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: 0 } ? [] : Parse(SmallFile.Read(path, MostBytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the training log '{path}': {SystemReason.Of(error)}", error);
        }
    }

    /// <summary>Adds a line and hands it to the system.</summary>
    /// <param name="record">Of a later step than the last line.</param>
    /// <exception cref="AInimException">It cannot be written: disk full.</exception>
    public void Append(TrainingRecord record)
    {
        if (Last is { } last && record.Step <= last.Step)
            throw new ArgumentException($"step {record.Step} does not follow step {last.Step}", nameof(record));
        try
        {
            using FileStream file = new(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write([.. TrainingRecordJson.Write(record), (byte)'\n']);
            file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }
        _records.Add(record);
    }

    internal static IReadOnlyList<TrainingRecord> Parse(ReadOnlyMemory<byte> text)
    {
        List<TrainingRecord> records = [];
        while (text.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (end > MostLine || TrainingRecordJson.Read(text[..end]) is not { } record || (records.Count > 0 && record.Step <= records[^1].Step))
                break;
            records.Add(record);
            text = text[(end + 1)..];
        }
        return records;
    }

    private void Rewrite()
    {
        try
        {
            PartialFile.Write(_path, file =>
            {
                foreach (TrainingRecord record in _records)
                    file.Write([.. TrainingRecordJson.Write(record), (byte)'\n']);
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(error);
        }
    }

    private AInimException CannotWrite(Exception error) =>
        new(ExitCode.Output, $"cannot write the training log '{_path}': {SystemReason.Of(error)} Make room or choose another place, then resume.", error);
}
