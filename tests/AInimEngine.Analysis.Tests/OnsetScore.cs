namespace AInimEngine.Analysis.Tests;

/// <summary>F measure of onsets within 25 ms, one to one.</summary>
internal static class OnsetScore
{
    internal static double F(IReadOnlyList<double> found, IReadOnlyList<double> truth)
    {
        int i = 0, j = 0, hits = 0;
        while (i < found.Count && j < truth.Count)
        {
            double off = found[i] - truth[j];
            if (Math.Abs(off) <= 0.025)
            {
                hits++;
                i++;
                j++;
            }
            else if (off < 0)
                i++;
            else
                j++;
        }
        return 2.0 * hits / (found.Count + truth.Count);
    }
}
