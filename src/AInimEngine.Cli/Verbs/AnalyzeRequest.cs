namespace AInimEngine.Cli.Verbs;

/// <summary>What <c>ainim analyze</c> was asked for.</summary>
public sealed record AnalyzeRequest
{
    /// <summary>The sound file.</summary>
    public required string Track { get; init; }

    /// <summary>JSON file, "-" for standard output, or null.</summary>
    public string? Json { get; init; }

    /// <summary>Features over time in the JSON.</summary>
    public bool Features { get; init; }

    /// <summary>The causal analyser instead of the whole-track one.</summary>
    public bool IsLive { get; init; }

    /// <summary>Report, or null.</summary>
    public string? Html { get; init; }

    /// <summary>WAV with clicks, or null.</summary>
    public string? Clicks { get; init; }

    /// <summary>Prefix or folder of CSV files, or null.</summary>
    public string? Csv { get; init; }

    /// <summary>Folder of stems, or null.</summary>
    public string? Stems { get; init; }

    /// <summary>Replace what exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Use and fill the cache.</summary>
    public bool UseCache { get; init; } = true;

    /// <summary>No summary, no progress.</summary>
    public bool Quiet { get; init; }
}
