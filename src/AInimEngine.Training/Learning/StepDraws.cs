using AInimEngine.Core.Randomness;

namespace AInimEngine.Training.Learning;

/// <summary>
/// The random choices of training: each a pure function of the seed, what it is for and the step, so that nothing has to be
/// remembered to go on where a run stopped.
/// </summary>
/// <param name="seed">Of the run.</param>
internal readonly struct StepDraws(ulong seed)
{
    private const int StepBits = 48;

    /// <summary>Standard normal numbers.</summary>
    public float[] Normal(DrawPurpose purpose, long step, int count)
    {
        var values = new float[count];
        Philox.Normal(seed, Stream(purpose, step), values);
        return values;
    }

    /// <summary>Numbers in [0, 1).</summary>
    public float[] Uniform(DrawPurpose purpose, long step, int count)
    {
        var values = new float[count];
        Philox.Uniform(seed, Stream(purpose, step), values);
        return values;
    }

    /// <summary>
    /// Style mixing: for each sample, how many of the first layers are the first w's; all of them where nothing is mixed.
    /// </summary>
    /// <param name="step">Which step.</param>
    /// <param name="count">Samples.</param>
    /// <param name="layers">Layers of w+.</param>
    /// <param name="share">Of samples that are mixed.</param>
    public int[] Crossovers(long step, int count, int layers, double share)
    {
        float[] uniform = Uniform(DrawPurpose.Mixing, step, 2 * count);
        var crossovers = new int[count];
        for (int i = 0; i < count; i++)
            crossovers[i] = uniform[2 * i] < share ? 1 + Below(uniform[2 * i + 1], layers - 1) : layers;
        return crossovers;
    }

    /// <summary>Whole numbers below a bound.</summary>
    public int[] Whole(DrawPurpose purpose, long step, int count, int bound)
    {
        float[] uniform = Uniform(purpose, step, count);
        var values = new int[count];
        for (int i = 0; i < count; i++)
            values[i] = Below(uniform[i], bound);
        return values;
    }

    /// <summary>0 to count - 1 in a random order (Fisher and Yates).</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="number">Which order.</param>
    /// <param name="count">How many.</param>
    public int[] Permutation(DrawPurpose purpose, long number, int count)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
            order[i] = i;
        ulong stream = Stream(purpose, number);
        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)(Philox.Hash(seed, stream, (ulong)i) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private static ulong Stream(DrawPurpose purpose, long step) => ((ulong)purpose << StepBits) | (ulong)step;

    private static int Below(float uniform, int bound) => Math.Min(bound - 1, (int)(uniform * bound));
}
