using System.Text.Json;
using System.Text.Json.Serialization;
using AInimEngine.Core.Files;

namespace AInimEngine.Engine.Live.Guarding;

/// <summary>
/// Where a show stands: what a process that takes its place needs to go on. Written every second while <c>--guard</c> watches,
/// and read when the show starts again on the same machine.
/// </summary>
public sealed record ShowState
{
    private const long MostBytes = 1 << 20;

    private static readonly ShowStateJson s_json = new(new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals });

    /// <summary>The preset that played; null for the first one of the list.</summary>
    public string? Preset { get; init; }

    /// <summary>Its place in the list, from 0.</summary>
    public int Index { get; init; }

    /// <summary>What the governor allowed; null to measure it anew.</summary>
    public int? Level { get; init; }

    /// <summary>The window filled its screen.</summary>
    public bool FullScreen { get; init; }

    /// <summary>Positions of rows by their id, 0..1.</summary>
    public IReadOnlyDictionary<string, float> Rows { get; init; } = new Dictionary<string, float>();

    /// <summary>Beats a minute; 0 where none was trusted.</summary>
    public double Bpm { get; init; }

    /// <summary>Beats in a bar.</summary>
    public int BeatsPerBar { get; init; } = 4;

    /// <summary>When a bar began: seconds of the machine's monotonic clock, which all processes share until it is switched off.</summary>
    public double BarAt { get; init; }

    /// <summary>When the show ends by itself, on the clock of <see cref="BarAt"/>; 0 where it does not.</summary>
    public double EndAt { get; init; }

    /// <summary>The show has ended as it should and closes what it has open: whatever becomes of it now, it is not started again.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Id of the process that wrote it.</summary>
    public int Process { get; init; }

    /// <summary>What is left of it when the show itself may be what ends it: the first preset, with its own values.</summary>
    public ShowState Panic() => new() { FullScreen = FullScreen, EndAt = EndAt };

    /// <summary>Reads what was written; null where there is nothing, or nothing that can be read.</summary>
    /// <param name="path">The file.</param>
    public static ShowState? Read(string path)
    {
        try
        {
            ShowState? state = JsonSerializer.Deserialize(SmallFile.Read(path, MostBytes), s_json.ShowState);
            // Rows that are left out, or said to be null, are read as null.
            return state is { Rows: null } ? state with { Rows = new Dictionary<string, float>() } : state;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes it; a reader sees the old one or the new one, never a part.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(string path)
    {
        // Once a second: what a power cut loses no process goes on with.
        PartialFile.Write(path, file => JsonSerializer.Serialize(file, this, s_json.ShowState), isDurable: false);
    }
}

/// <summary>Readers and writers made by the compiler.</summary>
[JsonSerializable(typeof(ShowState))]
internal sealed partial class ShowStateJson : JsonSerializerContext;
