using System.Globalization;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Runs;

/// <summary>What a person asks of a training run: the few dials, everything else is derived from them and from the pictures.</summary>
public sealed record TrainingRequest
{
    /// <summary>How long a run takes where nothing is said.</summary>
    public const double DefaultMinutes = 120;

    /// <summary>Minutes from one checkpoint to the next where nothing is said: most that a crash can cost.</summary>
    public const double DefaultCheckpointMinutes = 2;

    /// <summary>A folder of pictures, or a film.</summary>
    public required string Data { get; init; }

    /// <summary>The model to make, ".safetensors"; the run keeps its files beside it.</summary>
    public required string Output { get; init; }

    /// <summary>Width and height of the model's picture; derived from the pictures if null.</summary>
    public int? Size { get; init; }

    /// <summary>How long to train, minutes of training time over all sittings; null where <see cref="Kimg"/> says it.</summary>
    public double? Minutes { get; init; }

    /// <summary>How long to train, thousands of pictures seen; null where <see cref="Minutes"/> says it.</summary>
    public double? Kimg { get; init; }

    /// <summary>Channels at resolution r are this / r; derived if null.</summary>
    public int? Width { get; init; }

    /// <summary>Which generator.</summary>
    public ModelArchitecture Architecture { get; init; } = ModelArchitecture.Sm;

    /// <summary>Whether sub-folders are classes that can be played.</summary>
    public bool Classes { get; init; }

    /// <summary>Creative adversarial loss: how many styles to find, 0 for those of the sub-folders; null without it.</summary>
    public int? Creative { get; init; }

    /// <summary>A model to go on from: its path; null to begin from nothing.</summary>
    public string? From { get; init; }

    /// <summary>Whether that model grows to twice its size.</summary>
    public bool Grow { get; init; }

    /// <summary>Whether pictures may be mirrored.</summary>
    public bool Mirror { get; init; } = true;

    /// <summary>Whether pictures are cropped where something is, instead of in the middle.</summary>
    public bool SmartCrop { get; init; }

    /// <summary>What lies behind transparent pixels.</summary>
    public Backdrop Backdrop { get; init; }

    /// <summary>Every random choice follows from it.</summary>
    public ulong Seed { get; init; }

    /// <summary>Which adversarial loss.</summary>
    public AdversarialLoss Loss { get; init; }

    /// <summary>What the model's card says of its licence.</summary>
    public string? Licence { get; init; }

    /// <summary>Whether an output, and an earlier run of it, may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Minutes from one checkpoint to the next.</summary>
    public double CheckpointMinutes { get; init; } = DefaultCheckpointMinutes;

    /// <summary>Thousands of pictures from one measure to the next; derived if null.</summary>
    public double? MeasureKimg { get; init; }

    /// <summary>Length of the film through the model that is made at the end, seconds.</summary>
    public double WalkSeconds { get; init; } = 12;

    /// <summary>Where prepared pictures are kept.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>
    /// What decides the course of a run, by the names that the command line has for it: a run can only go on with the same.
    /// How long it takes, where its files are and what its card says may change.
    /// </summary>
    public IReadOnlyDictionary<string, string> Dials() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["--size"] = Text(Size),
        ["--width"] = Text(Width),
        ["--architecture"] = ArchitectureName.Of(Architecture),
        ["--classes"] = Text(Classes),
        ["--creative"] = Text(Creative),
        ["--from"] = From ?? "",
        ["--grow"] = Text(Grow),
        ["--no-mirror"] = Text(!Mirror),
        ["--crop"] = SmartCrop ? "smart" : "centre",
        ["--backdrop"] = Backdrop == Backdrop.White ? "white" : "black",
        ["--seed"] = Text(Seed),
        ["--loss"] = Loss.ToString(),
        ["--measure-kimg"] = Text(MeasureKimg),
    };

    private static string Text<T>(T value) => string.Create(CultureInfo.InvariantCulture, $"{value}");
}
