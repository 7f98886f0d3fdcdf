using System.Numerics;
using System.Runtime.InteropServices;

namespace AInimEngine.Media.Sound;

/// <summary>
/// Makes samples harmless before anything filters them, since one NaN in a resampler spreads over its whole kernel:
/// NaN and infinity become 0, and what is louder than <see cref="Limit"/> is cut to it.
/// </summary>
internal sealed class SampleCleaner
{
    /// <summary>
    /// +48 dB over full scale. No honest recording comes near, yet squares and sums of it stay far inside float32, and
    /// encoders accept it.
    /// </summary>
    public const float Limit = 256;

    private long _nonFinite;
    private long _clamped;

    /// <summary>Samples that were NaN or infinite so far, each channel counted. Any thread.</summary>
    public long NonFiniteCount => Volatile.Read(ref _nonFinite);

    /// <summary>Samples that were finite but beyond <see cref="Limit"/> so far. Any thread.</summary>
    public long ClampedCount => Volatile.Read(ref _clamped);

    /// <summary>Cleans in place and counts.</summary>
    public void Clean(Span<float> samples)
    {
        var limit = new Vector<float>(Limit);
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(samples);
        for (int i = 0; i < vectors.Length; i++)
        {
            // False for NaN as well, so one comparison finds all that is wrong.
            if (!Vector.LessThanOrEqualAll(Vector.Abs(vectors[i]), limit))
                Mend(samples.Slice(i * Vector<float>.Count, Vector<float>.Count));
        }
        Mend(samples[(vectors.Length * Vector<float>.Count)..]);
    }

    /// <summary>Cleans without counting: for what a resampler may overshoot.</summary>
    public static void Limited(Span<float> samples)
    {
        foreach (ref float sample in samples)
            sample = float.IsFinite(sample) ? Math.Clamp(sample, -Limit, Limit) : 0;
    }

    private void Mend(Span<float> samples)
    {
        foreach (ref float sample in samples)
        {
            if (!float.IsFinite(sample))
            {
                sample = 0;
                Volatile.Write(ref _nonFinite, _nonFinite + 1);
            }
            else if (MathF.Abs(sample) > Limit)
            {
                sample = MathF.CopySign(Limit, sample);
                Volatile.Write(ref _clamped, _clamped + 1);
            }
        }
    }
}
