namespace AInimEngine.Media.Muxing;

/// <summary>Fades stereo sound in and out by a raised cosine, sample for sample.</summary>
/// <param name="length">Samples per channel in all.</param>
/// <param name="fadeIn">Samples over which it rises.</param>
/// <param name="fadeOut">Samples over which it falls, ending at <paramref name="length"/>.</param>
internal sealed class SoundFader(long length, long fadeIn, long fadeOut)
{
    /// <summary>Applies the gain in place.</summary>
    /// <param name="interleaved">Left, right, ...</param>
    /// <param name="position">Of the first sample, from where the sound begins.</param>
    public void Apply(Span<float> interleaved, long position)
    {
        int count = interleaved.Length / 2;
        if (position >= fadeIn && position + count <= length - fadeOut)
            return;
        for (int i = 0; i < count; i++)
        {
            float gain = Gain(position + i);
            interleaved[2 * i] *= gain;
            interleaved[2 * i + 1] *= gain;
        }
    }

    /// <summary>0 to 1 at a sample; both fades multiply where they overlap.</summary>
    public float Gain(long sample) => (float)(Rise(sample, fadeIn) * Rise(length - 1 - sample, fadeOut));

    private static double Rise(long sample, long over) =>
        sample >= over ? 1 : sample < 0 ? 0 : 0.5 - 0.5 * Math.Cos(Math.PI * (sample + 0.5) / over);
}
