namespace AInimEngine.Training.Runs;

/// <summary>Where a run stands, beside its weights: part of every checkpoint. Immutable.</summary>
public sealed record RunState
{
    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>Real pictures that the discriminator has seen.</summary>
    public long ImagesSeen { get; init; }

    /// <summary>Seconds of training over all sittings, measures included.</summary>
    public double Seconds { get; init; }

    /// <summary>Losses since the last measure.</summary>
    public LossSums Losses { get; init; } = LossSums.Empty;

    /// <summary>The snapshot that is kept; null before the first measure.</summary>
    public BestSnapshot? Best { get; init; }

    /// <summary>Whether the run reached its goal.</summary>
    public bool IsFinished { get; init; }
}
