namespace AInimEngine.Analysis.Evaluation.Tests.Metrics;

/// <summary>Even beats.</summary>
internal static class Grids
{
    internal static double[] Every(double seconds, double from, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + i * seconds)];
}
