using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Reports;

/// <summary>One line of a training log: what happened since the line before. What was not measured is NaN.</summary>
public sealed record TrainingRecord
{
    /// <summary>Steps done.</summary>
    public required long Step { get; init; }

    /// <summary>Training pictures that the discriminator has seen, thousands.</summary>
    public required double Kimg { get; init; }

    /// <summary>Seconds of training since the run began, over all its sessions: measures count, pauses do not.</summary>
    public required double Seconds { get; init; }

    /// <summary>Training pictures a second since the last line.</summary>
    public double PicturesPerSecond { get; init; } = double.NaN;

    /// <summary>Mean loss of the generator since the last line.</summary>
    public double Generator { get; init; } = double.NaN;

    /// <summary>Mean adversarial loss of the discriminator since the last line.</summary>
    public double Discriminator { get; init; } = double.NaN;

    /// <summary>Mean squared norm of the gradient on real pictures.</summary>
    public double R1 { get; init; } = double.NaN;

    /// <summary>Mean sign of the discriminator's answer to real pictures, -1..1: near 1, it knows them by heart.</summary>
    public double RealSign { get; init; } = double.NaN;

    /// <summary>Cross entropy of the style head on real pictures.</summary>
    public double Creative { get; init; } = double.NaN;

    /// <summary>Memory of the process, bytes; 0 if unknown.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>How good the running average's pictures are; null where they were not measured.</summary>
    public QualityReport? Quality { get; init; }
}
