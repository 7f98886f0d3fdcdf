namespace AInimEngine.Training.Reports;

/// <summary>A small table of a report: what the run was set to, what its data were.</summary>
/// <param name="Title">"Settings".</param>
/// <param name="Rows">Label and value, as plain text.</param>
public sealed record ReportSection(string Title, IReadOnlyList<(string Label, string Value)> Rows);
