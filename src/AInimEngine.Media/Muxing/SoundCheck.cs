namespace AInimEngine.Media.Muxing;

/// <summary>
/// Whether a copied stream still plays as the original does. Encoder delay (AAC priming, LAME's gapless header, iTunSMPB)
/// is told in ways that do not survive every copy, so the finished file is decoded and compared instead of trusted.
/// </summary>
internal static class SoundCheck
{
    private const int Block = 4096;

    // Half the kernel of ffmpeg's resampler (32 taps) when it goes from 8 to 48 kHz.
    private const int ResamplerReach = 96;

    // A copy repeats whole packets, so padding at the end may stay: at most two of the largest (4096 ALAC samples at 8 kHz).
    private const double LongestPadding = 1.1;

    /// <summary>Null when <paramref name="copy"/> decodes to the samples of <paramref name="original"/> from time 0 on; else the reason.</summary>
    public static string? Compare(string original, string copy, MediaStream copied, FFmpegTools tools, CancellationToken cancellation)
    {
        if (Math.Abs(copied.StartTime ?? 0) > 0.005)
            return $"the copy would start at {copied.StartTime:0.000} s";
        using AudioFile a = AudioFile.Open(original, null, tools, cancellation);
        using AudioFile b = AudioFile.Open(copy, null, tools, cancellation);
        float[] left = new float[2 * Block], right = new float[2 * Block];
        long firstDifference = long.MaxValue;
        while (true)
        {
            long start = a.Position;
            int count = a.Read(left), other = b.Read(right);
            if (other < count)
                return $"the copy would end at {(double)b.Position / AudioFile.SampleRate:0.000} s";

            // Equal to the bit as a rule; only at the very end a resampler sees other padding behind the last sample.
            for (int i = 0; i < 2 * count && firstDifference == long.MaxValue; i++)
            {
                if (Math.Abs(left[i] - right[i]) > 1e-4f)
                    firstDifference = start + i / 2;
            }
            if (firstDifference < a.Position - ResamplerReach)
                return $"the copy would differ from {(double)firstDifference / AudioFile.SampleRate:0.000} s on";
            if (count < Block)
                break;
        }
        while (b.Read(right) > 0 && b.Position < a.Position + 10 * AudioFile.SampleRate)
        {
        }
        double padding = (double)(b.Position - a.Position) / AudioFile.SampleRate;
        double gap = (copied.Duration ?? 0) - (double)b.Position / AudioFile.SampleRate;
        if (padding > LongestPadding)
            return $"the copy would be {padding:0.000} s longer";
        return Math.Abs(gap) > LongestPadding ? $"the copy's times do not fit its samples by {gap:0.000} s" : null;
    }
}
