using System.Globalization;

namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>The programs of Debian's aubio-tools, with their defaults.</summary>
internal static class Aubio
{
    internal static string? Missing(string program) =>
        Tool.Exists(program) ? null : $"{program} is not installed (Debian: aubio-tools)";

    /// <summary>Runs one that prints an instant in seconds per line.</summary>
    internal static double[] Run(string program, Heard track, params string[] more) =>
    [
        .. Tool.Run(program, ["-i", track.WavPath(), .. more])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture)).Order(),
    ];
}
