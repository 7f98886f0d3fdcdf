namespace AInimEngine.Training.Reports;

/// <summary>A curve.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Points">X and y in order of x; where y is NaN the curve is broken.</param>
/// <param name="Color">0..4, of the report's colours.</param>
/// <param name="IsFaint">Thin, for what is only of interest to some.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points, int Color, bool IsFaint = false);
