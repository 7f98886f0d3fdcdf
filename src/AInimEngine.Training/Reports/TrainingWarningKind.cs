namespace AInimEngine.Training.Reports;

/// <summary>What can go wrong with a training run.</summary>
public enum TrainingWarningKind
{
    /// <summary>A loss is no number any more.</summary>
    Diverged,

    /// <summary>The discriminator knows the training pictures by heart.</summary>
    Overfits,

    /// <summary>Generated pictures are all alike.</summary>
    Collapses,

    /// <summary>Generated pictures are copies.</summary>
    Copies,

    /// <summary>The best snapshot lies behind, and it has been getting worse since.</summary>
    GetsWorse,
}
