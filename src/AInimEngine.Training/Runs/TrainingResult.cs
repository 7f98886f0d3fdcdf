namespace AInimEngine.Training.Runs;

/// <summary>What a run, or one sitting of it, made.</summary>
/// <param name="Output">The model, which plays.</param>
/// <param name="Resolution">Width and height of its picture.</param>
/// <param name="Kimg">Thousands of pictures seen over all sittings.</param>
/// <param name="Seconds">Seconds trained over all sittings.</param>
/// <param name="Best">What the model was measured as.</param>
/// <param name="Report">Path of the report.</param>
/// <param name="IsStopped">Whether it was stopped before its goal.</param>
public sealed record TrainingResult(string Output, int Resolution, double Kimg, double Seconds, BestSnapshot? Best, string Report, bool IsStopped);
