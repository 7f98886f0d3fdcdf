namespace AInimEngine.Neural.Models;

/// <summary>How one of our own models was trained: enough to know what it was made from, and to make it again.</summary>
public sealed record ModelTraining
{
    /// <summary>SHA-256 over the pixels and labels of the training pictures, 64 lower-case hexadecimal digits.</summary>
    public required string DataHash { get; init; }

    /// <summary>How many training pictures.</summary>
    public required int Pictures { get; init; }

    /// <summary>Pictures that the discriminator had seen at this snapshot, thousands.</summary>
    public required double Kimg { get; init; }

    /// <summary>Time that it took so far, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Name of the model that it started from; null if from random weights.</summary>
    public string? From { get; init; }

    /// <summary>Settings by name, as text.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Measures of this snapshot by name, e.g. "swd", "swd_floor", "memorisation"; those that are no numbers are not kept.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();
}
