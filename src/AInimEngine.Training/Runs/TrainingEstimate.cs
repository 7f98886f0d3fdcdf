namespace AInimEngine.Training.Runs;

/// <summary>What a run will take, from a short measurement before it starts.</summary>
/// <param name="PicturesPerSecond">Training pictures a second.</param>
/// <param name="MemoryBytes">Most memory of the process.</param>
/// <param name="DiskBytes">What the run's files will take.</param>
public sealed record TrainingEstimate(double PicturesPerSecond, long MemoryBytes, long DiskBytes);
