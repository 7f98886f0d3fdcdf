namespace AInimEngine.Analysis.Beats;

/// <summary>The likeliest places in the bar of a row of beats: Viterbi over the places, for bars of three and of four beats.</summary>
internal static class BarPath
{
    /// <summary>Logarithm of the weight of a beat that is not followed by the next place in the bar.</summary>
    private const double Slip = -9;

    /// <summary>Logarithm of the odds of three beats to the bar before anything is heard.</summary>
    private const double Three = -2;

    private const double Weight = 0.6;

    /// <summary>Places 1..<paramref name="beatsPerBar"/> of each beat.</summary>
    /// <param name="downbeats">Likelihood per beat that it is a downbeat; any scale.</param>
    /// <param name="beatsPerBar">3 or 4, whichever explains them better.</param>
    /// <param name="confidence">0..1.</param>
    internal static int[] Find(ReadOnlySpan<float> downbeats, out int beatsPerBar, out double confidence)
    {
        double[] evidence = Evidence(downbeats);
        (int[] places3, double score3, double contrast3) = Follow(evidence, 3);
        (int[] places4, double score4, double contrast4) = Follow(evidence, 4);
        bool three = score3 + Three > score4;
        beatsPerBar = three ? 3 : 4;
        confidence = downbeats.Length < 8 ? 0 : Math.Clamp((three ? contrast3 : contrast4) / 1.2, 0, 1);
        return three ? places3 : places4;
    }

    /// <summary>Against the mean and the spread of the beats around it, because loud parts must not outvote quiet ones.</summary>
    private static double[] Evidence(ReadOnlySpan<float> downbeats)
    {
        const int Around = 24;
        var evidence = new double[downbeats.Length];
        for (int i = 0; i < evidence.Length; i++)
        {
            int from = Math.Max(0, i - Around), to = Math.Min(downbeats.Length, i + Around + 1);
            double sum = 0, squares = 0;
            foreach (float x in downbeats[from..to])
            {
                sum += x;
                squares += (double)x * x;
            }
            double mean = sum / (to - from), spread = Math.Sqrt(Math.Max(0, squares / (to - from) - mean * mean));
            evidence[i] = Math.Clamp((downbeats[i] - mean) / (spread + 0.02), -2, 2.5);
        }
        return evidence;
    }

    private static (int[] Places, double Score, double Contrast) Follow(double[] evidence, int beats)
    {
        int length = evidence.Length;
        var places = new int[length];
        if (length == 0)
            return (places, 0, 0);
        var from = new byte[length * beats];
        double[] score = new double[beats], next = new double[beats];
        for (int i = 0; i < length; i++)
        {
            int best = 0;
            for (int p = 1; p < beats; p++)
            {
                if (score[p] > score[best])
                    best = p;
            }
            for (int p = 0; p < beats; p++)
            {
                int before = (p + beats - 1) % beats;
                bool follows = i == 0 || score[before] >= score[best] + Slip;
                from[i * beats + p] = (byte)(follows ? before : best);
                double weight = Weight * (p == 0 ? evidence[i] : -evidence[i] / (beats - 1));
                next[p] = (i == 0 ? 0 : follows ? score[before] : score[best] + Slip) + weight;
            }
            (score, next) = (next, score);
        }
        int place = Array.IndexOf(score, score.Max());
        double total = score[place], first = 0, others = 0;
        int firsts = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            places[i] = place + 1;
            if (place == 0)
            {
                first += evidence[i];
                firsts++;
            }
            else
            {
                others += evidence[i];
            }
            place = from[i * beats + place];
        }
        double contrast = firsts > 0 && firsts < length ? first / firsts - others / (length - firsts) : 0;
        return (places, total, contrast);
    }
}
