namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>Something that finds beats. Called from several threads at once.</summary>
internal interface IBeatSystem
{
    /// <summary>As printed.</summary>
    string Name { get; }

    /// <summary>Why it cannot run here; null: it can.</summary>
    string? Missing => null;

    /// <summary>Seconds, rising.</summary>
    double[] BeatsOf(Heard track);
}
