using AInimEngine.Training.Learning;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Runs;

/// <summary>Where a run is: published after every step, read by displays. Immutable.</summary>
public sealed record TrainingProgress
{
    /// <summary>What it does at the moment: "training", "measuring", "saving", ...</summary>
    public required string Activity { get; init; }

    /// <summary>Thousands of pictures seen.</summary>
    public double Kimg { get; init; }

    /// <summary>How many it will be, as far as can be told.</summary>
    public double GoalKimg { get; init; }

    /// <summary>Share that is done, 0..1.</summary>
    public double Done { get; init; }

    /// <summary>Seconds trained over all sittings.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds left, as far as can be told; NaN if unknown.</summary>
    public double SecondsLeft { get; init; } = double.NaN;

    /// <summary>Training pictures a second, while steps run.</summary>
    public double PicturesPerSecond { get; init; } = double.NaN;

    /// <summary>Mean losses since the last measure; those up to it right after one.</summary>
    public StepLosses Losses { get; init; } = new(0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>All measures so far.</summary>
    public IReadOnlyList<TrainingRecord> Records { get; init; } = [];

    /// <summary>How many of them earlier sittings took.</summary>
    public int EarlierRecords { get; init; }

    /// <summary>The snapshot that is kept; null before the first measure.</summary>
    public BestSnapshot? Best { get; init; }

    /// <summary>What is wrong at the moment, worst first.</summary>
    public IReadOnlyList<TrainingWarning> Warnings { get; init; } = [];

    /// <summary>The newest sample sheet; null before the first.</summary>
    public string? Sheet { get; init; }

    /// <summary>Memory of the process, bytes.</summary>
    public long MemoryBytes { get; init; }
}
