namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// Pitch-class profile from interpolated spectral peaks (after Gomez, "Tonal description of music audio signals", 2006,
/// 3.3). Bins are 23.4 Hz apart and so wider than a semitone below 400 Hz; the position of a peak between bins is known
/// far better, so peaks are folded, not bins.
/// </summary>
internal static class Chroma
{
    /// <summary>Pitch classes; 0 is C, 9 is A at 440 Hz.</summary>
    internal const int Classes = 12;

    private const int First = 4, Last = 213; // 94 Hz to 5 kHz
    private const float Quietest = 2.5e-3f; // power under the largest peak, -26 dB: above the side lobes of the window

    /// <summary>Peaks below this bin, 305 Hz, are too coarse to tell the tuning from.</summary>
    private const int FirstTuned = 13;

    /// <summary>Writes each class's share of the peaks' amplitude; sums to 1, or all 0 when there is no peak.</summary>
    internal static void Fold(ReadOnlySpan<float> power, Span<float> classes) => Fold(power, classes, null);

    /// <summary>The same, and gives the tuning of the peaks to <paramref name="tuning"/>; returns cents.</summary>
    internal static float Fold(ReadOnlySpan<float> power, Span<float> classes, TuningEstimate? tuning)
    {
        classes.Clear();
        float largest = 0, cos = 0, sin = 0, tuned = 0;
        for (int k = First; k <= Last; k++)
            largest = Math.Max(largest, power[k]);
        float threshold = Math.Max(largest * Quietest, 1e-11f), total = 0;
        for (int k = First; k <= Last; k++)
        {
            float p = power[k];
            if (p < threshold || p <= power[k - 1] || p < power[k + 1])
                continue;

            // The main lobe of the window in logarithmic power is close to a parabola.
            float left = MathF.Log(power[k - 1] + 1e-20f), centre = MathF.Log(p), right = MathF.Log(power[k + 1] + 1e-20f);
            float bend = left - 2 * centre + right;
            float offset = bend < -1e-3f ? Math.Clamp(0.5f * (left - right) / bend, -0.5f, 0.5f) : 0; // a level spectrum has no peak
            float pitch = 12 * MathF.Log2((k + offset) * (float)(Hop.BinHertz / 440)) + 9 + 120;
            float amplitude = MathF.Sqrt(p);
            int below = (int)pitch;
            float share = pitch - below;
            classes[below % Classes] += amplitude * (1 - share);
            classes[(below + 1) % Classes] += amplitude * share;
            total += amplitude;
            if (k >= FirstTuned && tuning is not null)
            {
                (float peakSin, float peakCos) = MathF.SinCos(share * MathF.Tau);
                cos += amplitude * peakCos;
                sin += amplitude * peakSin;
                tuned += amplitude;
            }
        }
        if (total > 0)
        {
            for (int i = 0; i < Classes; i++)
                classes[i] /= total;
        }
        return tuning?.Hear(cos, sin, tuned) ?? 0;
    }
}
