namespace AInimEngine.Analysis.Evaluation.Metrics;

/// <summary>
/// The pulses that a listener might tap instead of the true one: on it, between its beats, twice as fast, and half as fast
/// from its first or second beat.
/// </summary>
internal static class BeatLevels
{
    /// <summary>The five, the true one first.</summary>
    internal static double[][] Of(ReadOnlySpan<double> beats)
    {
        int count = beats.Length;
        if (count == 0)
            return [[], [], [], [], []];
        var twice = new double[2 * count - 1];
        for (int i = 0; i < twice.Length; i++)
            twice[i] = i % 2 == 0 ? beats[i / 2] : (beats[i / 2] + beats[i / 2 + 1]) / 2;
        return [beats.ToArray(), EveryOther(twice, 1), twice, EveryOther(beats, 0), EveryOther(beats, 1)];
    }

    private static double[] EveryOther(ReadOnlySpan<double> beats, int first)
    {
        var half = new double[(beats.Length - first + 1) / 2];
        for (int i = 0; i < half.Length; i++)
            half[i] = beats[first + 2 * i];
        return half;
    }
}
