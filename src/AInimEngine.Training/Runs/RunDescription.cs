namespace AInimEngine.Training.Runs;

/// <summary>What a run is, fixed when it starts and kept in its folder as "settings.json": enough to go on with it. Immutable.</summary>
public sealed record RunDescription
{
    /// <summary>What "settings.json" says of its format.</summary>
    public const string CurrentFormat = "ainim-training-1";

    /// <summary>Version of the file.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>What was asked for.</summary>
    public required TrainingRequest Request { get; init; }

    /// <summary>What was derived.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>SHA-256 of pictures and labels.</summary>
    public required string DataHash { get; init; }

    /// <summary>How many pictures.</summary>
    public required int DataCount { get; init; }

    /// <summary>Steps from one measure to the next.</summary>
    public required long MeasureSteps { get; init; }

    /// <summary>Generated pictures in a measure.</summary>
    public required int MeasurePictures { get; init; }

    /// <summary>Names of what differs in a request, as the command line has them; empty where the run can go on with it.</summary>
    public IReadOnlyList<string> Differences(TrainingRequest request)
    {
        IReadOnlyDictionary<string, string> ours = Request.Dials(), theirs = request.Dials();
        return [.. ours.Keys.Where(name => ours[name] != theirs[name])];
    }
}
