namespace AInimEngine.Training.Reports;

/// <summary>A level that curves are read against.</summary>
/// <param name="Name">"floor".</param>
/// <param name="Value">On the y axis.</param>
internal readonly record struct ChartMark(string Name, double Value);
