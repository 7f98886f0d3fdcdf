namespace AInimEngine.Training.Reports;

/// <summary>What a report is made from. All texts are plain; the report escapes them.</summary>
public sealed record ReportContents
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>The log, in order.</summary>
    public required IReadOnlyList<TrainingRecord> Records { get; init; }

    /// <summary>Where the run stands: "finished", "stopped at 37 of 140 thousand pictures"; empty for nothing.</summary>
    public string State { get; init; } = "";

    /// <summary>What the artist should know; <see cref="TrainingVerdict.Judge"/> finds most.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];

    /// <summary>Sheets, in order.</summary>
    public IReadOnlyList<ReportPicture> Pictures { get; init; } = [];

    /// <summary>Settings, data, files: in order.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];
}
