namespace AInimEngine.Training.Runs;

/// <summary>What a run will do: for people, before it does it. Immutable.</summary>
public sealed record TrainingPlan
{
    /// <summary>The model to make.</summary>
    public required string Output { get; init; }

    /// <summary>Where the run's files are, as the user would write it.</summary>
    public required string Folder { get; init; }

    /// <summary>How many pictures it learns from.</summary>
    public required int Pictures { get; init; }

    /// <summary>What became of the pictures: used, skipped, too small.</summary>
    public required IReadOnlyList<string> DataLines { get; init; }

    /// <summary>What is computed.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>What the model goes on from; null for nothing.</summary>
    public string? From { get; init; }

    /// <summary>Goal, thousands of pictures; null where time is the bound.</summary>
    public double? GoalKimg { get; init; }

    /// <summary>Goal, seconds of training; null where pictures are the bound.</summary>
    public double? GoalSeconds { get; init; }

    /// <summary>Steps from one measure to the next.</summary>
    public required long MeasureSteps { get; init; }

    /// <summary>What it will take.</summary>
    public required TrainingEstimate Estimate { get; init; }

    /// <summary>Thousands of pictures that an earlier sitting saw; 0 for a new run.</summary>
    public double DoneKimg { get; init; }

    /// <summary>Seconds that it trained.</summary>
    public double DoneSeconds { get; init; }

    /// <summary>Seconds that are left, as far as can be told.</summary>
    public double ExpectedSeconds => GoalSeconds is { } seconds
        ? Math.Max(0, seconds - DoneSeconds)
        : Math.Max(0, (GoalKimg ?? 0) - DoneKimg) * 1000 / Estimate.PicturesPerSecond;
}
