using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Runs;

/// <summary>
/// Everything that a run goes on from: all arrays of the trainer, and where the run stands. Two generations are kept; at
/// any moment at least one of them is whole on the disk.
/// </summary>
/// <param name="Arrays">The trainer's.</param>
/// <param name="State">The run's.</param>
public sealed record TrainingCheckpoint(IReadOnlyDictionary<string, WeightArray> Arrays, RunState State)
{
    private const string FormatKey = "format", Format = "ainim-checkpoint-1", StateKey = "state";

    private static readonly JsonSerializerOptions s_json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>Writes a generation and keeps the one before.</summary>
    /// <param name="folder">Whose files.</param>
    /// <exception cref="AInimException">It cannot be written; the generation before is as it was.</exception>
    public void Write(RunFolder folder)
    {
        string fresh = folder.CheckpointPath + ".new";
        try
        {
            var bundle = new ArrayBundle(Arrays, new Dictionary<string, string> { [FormatKey] = Format, [StateKey] = JsonSerializer.Serialize(State, s_json) });
            bundle.Write(fresh);
            if (File.Exists(folder.CheckpointPath))
                File.Move(folder.CheckpointPath, folder.EarlierCheckpointPath, overwrite: true);
            File.Move(fresh, folder.CheckpointPath, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write in '{folder.ShownPath}': {SystemReason.Of(error)}", error);
        }
    }

    /// <summary>Reads the newest generation that is whole; null if no checkpoint was written yet.</summary>
    /// <param name="folder">Whose files.</param>
    /// <param name="note">One line about a generation that was passed over; null if none was.</param>
    /// <exception cref="AInimException">There are checkpoints, and none is whole.</exception>
    public static TrainingCheckpoint? Read(RunFolder folder, out string? note)
    {
        note = null;
        Exception? broken = null;
        foreach (string path in new[] { folder.CheckpointPath, folder.EarlierCheckpointPath })
        {
            if (!File.Exists(path))
                continue;
            try
            {
                TrainingCheckpoint checkpoint = Read(path);
                if (broken is not null)
                    note = $"the last checkpoint is broken ({Reason(broken)}); going on from the one before, at {checkpoint.State.ImagesSeen / 1000.0:f1} kimg";
                return checkpoint;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or JsonException)
            {
                broken ??= error;
            }
        }
        return broken is null
            ? null
            : throw new AInimException(ExitCode.Input, $"cannot go on with '{folder.ShownPath}': no checkpoint in it is whole ({Reason(broken)}). Start over with --overwrite.", broken);
    }

    private static TrainingCheckpoint Read(string path)
    {
        ArrayBundle bundle = ArrayBundle.Read(path);
        if (bundle.Metadata.GetValueOrDefault(FormatKey) != Format || !bundle.Metadata.TryGetValue(StateKey, out string? state))
            throw new InvalidDataException("it is no checkpoint of this program");
        return new TrainingCheckpoint(bundle.Arrays, JsonSerializer.Deserialize<RunState>(state, s_json) ?? throw new InvalidDataException("it does not say where the run stood"));
    }

    private static string Reason(Exception error) => error is InvalidDataException ? error.Message : SystemReason.Of(error).TrimEnd('.');
}
