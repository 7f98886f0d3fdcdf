using AInimEngine.Neural;
using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Runs;

/// <summary>What a run works with. Owns it all.</summary>
internal sealed record RunParts : IDisposable
{
    /// <summary>Its files.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>What it is.</summary>
    public required RunDescription Description { get; init; }

    /// <summary>What it learns from.</summary>
    public required TrainingSet Set { get; init; }

    /// <summary>What learns.</summary>
    public required Trainer Trainer { get; init; }

    /// <summary>What measures.</summary>
    public required QualityMeter Meter { get; init; }

    /// <summary>Where it computes.</summary>
    public required Device Device { get; init; }

    /// <summary>What became of the pictures, for the report.</summary>
    public required IReadOnlyList<string> DataLines { get; init; }

    /// <summary>Time from one checkpoint to the next.</summary>
    public TimeSpan CheckpointInterval => TimeSpan.FromMinutes(Description.Request.CheckpointMinutes);

    /// <inheritdoc/>
    public void Dispose()
    {
        Meter.Dispose();
        Trainer.Dispose();
        Set.Dispose();
        Folder.Dispose();
    }
}
