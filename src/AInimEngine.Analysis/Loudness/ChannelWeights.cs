namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// How much each channel counts (ITU-R BS.1770-5, Annex 1, table 3, and Annex 3): 1 in front and above, 1.41 at the sides
/// (azimuth 60 to 120 degrees, at ear height), nothing for low-frequency effects.
/// </summary>
internal static class ChannelWeights
{
    private const double Side = 1.41;

    /// <summary>Weights in the order of the channels; 1 to 8 of them.</summary>
    internal static double[] Of(int channels, string layout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 8);
        double[] weights = Named(layout);
        if (weights.Length != channels)
            weights = Usual(channels);
        return weights;
    }

    // Channels come in ffmpeg's order: FL FR FC LFE BL BR FLC FRC BC SL SR. What it calls "back" in 5.1 and below are the
    // two surrounds of the recommendation; in 7.1 sides and backs are told apart, and its own meter gives both 1.41.
    private static double[] Named(string layout) => layout switch
    {
        "mono" => [1],
        "stereo" or "downmix" => [1, 1],
        "2.1" => [1, 1, 0],
        "3.0" => [1, 1, 1],
        "3.0(back)" => [1, 1, Side],
        "3.1" => [1, 1, 1, 0],
        "4.0" => [1, 1, 1, Side],
        "4.1" => [1, 1, 1, 0, Side],
        "quad" or "quad(side)" => [1, 1, Side, Side],
        "5.0" or "5.0(side)" => [1, 1, 1, Side, Side],
        "5.1" or "5.1(side)" => [1, 1, 1, 0, Side, Side],
        "6.0" => [1, 1, 1, Side, Side, Side],
        "6.1" or "6.1(back)" => [1, 1, 1, 0, Side, Side, Side],
        "7.0" => [1, 1, 1, Side, Side, Side, Side],
        "7.1" => [1, 1, 1, 0, Side, Side, Side, Side],
        _ => [],
    };

    // What ffmpeg takes a file for that does not say.
    private static double[] Usual(int channels) => Named(channels switch
    {
        1 => "mono",
        2 => "stereo",
        3 => "2.1",
        4 => "4.0",
        5 => "5.0",
        6 => "5.1",
        7 => "6.1",
        _ => "7.1",
    });
}
