namespace AInimEngine.Training.Reports;

/// <summary>Something that the artist should know.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">In words, with the figure and what to do; one line.</param>
public readonly record struct TrainingWarning(TrainingWarningKind Kind, string Text);
