using System.Diagnostics;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Busy wall time of each stage. Every stage is written by its own thread only; read when they have stopped, or take the
/// values as approximate.
/// </summary>
public sealed class StageTimes
{
    private readonly long[] _ticks = new long[Enum.GetValues<Stage>().Length];

    /// <summary>Stage names in the order of the path.</summary>
    public static IReadOnlyList<string> Names { get; } = ["hear", "map", "decode", "paint", "read back", "hash", "encode"];

    /// <summary>Adds the time since <paramref name="start"/> to a stage, and returns now.</summary>
    /// <param name="stage">Which.</param>
    /// <param name="start"><see cref="Stopwatch.GetTimestamp"/> of its start.</param>
    public long Add(Stage stage, long start)
    {
        long now = Stopwatch.GetTimestamp();
        _ticks[(int)stage] += now - start;
        return now;
    }

    /// <summary>Forgets what was counted.</summary>
    public void Clear() => Array.Clear(_ticks);

    /// <summary>Seconds spent in a stage.</summary>
    public double Seconds(Stage stage) => (double)_ticks[(int)stage] / Stopwatch.Frequency;
}
