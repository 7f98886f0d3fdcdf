namespace AInimEngine.Engine.Benchmarks;

/// <summary>How hard a show is tried.</summary>
public sealed record SoakSettings
{
    /// <summary>How long.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Presets that take turns, by name; two at least.</summary>
    public IReadOnlyList<string> Presets { get; init; } = ["aurora", "storm"];

    /// <summary>From one change of preset to the next, in seconds.</summary>
    public double ChangeSeconds { get; init; } = 5;

    /// <summary>How often the sound is taken away and given back.</summary>
    public int Losses { get; init; } = 10;

    /// <summary>OSC messages a second, one in four of them malformed.</summary>
    public int MessagesPerSecond { get; init; } = 20_000;

    /// <summary>Width of the picture.</summary>
    public int Width { get; init; } = 640;

    /// <summary>Height of the picture.</summary>
    public int Height { get; init; } = 360;

    /// <summary>Pictures a second.</summary>
    public int Fps { get; init; } = 30;

    /// <summary>Program and arguments of a worker, so that generators run in processes of their own, as a show's do; null for this process.</summary>
    public IReadOnlyList<string>? Worker { get; init; }

    /// <summary>X server for windows; null for the environment's.</summary>
    internal string? Server { get; init; }
}
