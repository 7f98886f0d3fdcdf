namespace AInimEngine.Training.Data;

/// <summary>A training set and what became of the files. Owns the set.</summary>
/// <param name="Set">The pictures.</param>
/// <param name="Report">What became of the files.</param>
public sealed record TrainingData(TrainingSet Set, DataReport Report) : IDisposable
{
    /// <summary>Lets the set go.</summary>
    public void Dispose() => Set.Dispose();
}
