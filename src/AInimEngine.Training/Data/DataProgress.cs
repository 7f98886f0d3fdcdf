namespace AInimEngine.Training.Data;

/// <summary>How far a set is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">How much of it.</param>
/// <param name="Total">Of how much; 0 if unknown.</param>
public readonly record struct DataProgress(DataStage Stage, long Done, long Total);
