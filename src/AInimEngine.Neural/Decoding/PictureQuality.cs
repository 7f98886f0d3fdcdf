namespace AInimEngine.Neural.Decoding;

/// <summary>How near one decoded picture comes to another.</summary>
public static class PictureQuality
{
    /// <summary>
    /// Peak signal-to-noise ratio in decibels. The peak is 2, from -1 to 1, or the reference's own range where that is larger:
    /// networks with random weights leave -1..1 far behind.
    /// </summary>
    /// <param name="reference">Values as a network gives them.</param>
    /// <param name="picture">As many.</param>
    /// <returns>Infinity for equal pictures.</returns>
    public static double Psnr(ReadOnlySpan<float> reference, ReadOnlySpan<float> picture)
    {
        if (reference.Length != picture.Length || reference.IsEmpty)
            throw new ArgumentException($"{reference.Length} and {picture.Length} values cannot be compared");
        double squares = 0, least = -1, most = 1;
        for (int i = 0; i < reference.Length; i++)
        {
            double difference = reference[i] - picture[i];
            squares += difference * difference;
            least = Math.Min(least, reference[i]);
            most = Math.Max(most, reference[i]);
        }
        return 10 * Math.Log10((most - least) * (most - least) / (squares / reference.Length));
    }
}
