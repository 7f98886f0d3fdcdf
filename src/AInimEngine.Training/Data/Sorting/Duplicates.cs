using AInimEngine.Training.Data.Sources;

namespace AInimEngine.Training.Data.Sorting;

/// <summary>Finds pictures that are there more than once.</summary>
internal static class Duplicates
{
    /// <summary>With more pictures than this only equal ones are found: every pair is compared, here half a billion, a few seconds.</summary>
    public const int MostCompared = 30_000;

    /// <summary>Pairs of the same pixels, and pairs that look almost the same; the first of its like is in no pair as the later one.</summary>
    /// <param name="pictures">In order; those with trouble do not count.</param>
    /// <param name="most">With more pictures than this, likeness is not looked for.</param>
    /// <returns>For every picture, which earlier one it is the same as, or -1; and which earlier one it is near, or -1.</returns>
    public static (int[] Same, int[] Near) Find(IReadOnlyList<LoadedPicture> pictures, int most = MostCompared)
    {
        var same = new int[pictures.Count];
        var near = new int[pictures.Count];
        Array.Fill(same, -1);
        Array.Fill(near, -1);
        var firsts = new Dictionary<ulong, int>();
        var kept = new List<int>();
        bool compares = pictures.Count <= most;
        for (int i = 0; i < pictures.Count; i++)
        {
            if (pictures[i].Trouble is not null)
                continue;
            if (!firsts.TryAdd(pictures[i].Hash, i))
            {
                same[i] = firsts[pictures[i].Hash];
                continue;
            }
            foreach (int earlier in compares ? kept : [])
            {
                if (!pictures[i].Likeness.IsNear(pictures[earlier].Likeness))
                    continue;
                near[i] = earlier;
                break;
            }
            kept.Add(i);
        }
        return (same, near);
    }
}
