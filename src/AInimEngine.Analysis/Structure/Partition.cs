namespace AInimEngine.Analysis.Structure;

/// <summary>A track cut into parts: where each begins, which are alike, and how much to believe it.</summary>
/// <param name="Starts">First unit of each part; the first is 0.</param>
/// <param name="Labels">Parts of one number are alike; neighbours differ.</param>
/// <param name="Confidence">0..1.</param>
internal sealed record Partition(int[] Starts, int[] Labels, double Confidence)
{
    /// <summary>Unit at which a part ends.</summary>
    internal int EndOf(int part, int count) => part + 1 < Starts.Length ? Starts[part + 1] : count;
}
