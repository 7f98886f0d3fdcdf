namespace AInimEngine.Analysis.Loudness;

/// <summary>Loudness units of ITU-R BS.1770-5, eq. 2: -0.691 + 10 lg of the K-weighted mean square summed over the channels.</summary>
internal static class Lufs
{
    /// <summary>The absolute gate: nothing quieter counts as programme.</summary>
    internal const float Floor = -70;

    /// <summary>The relative gate of programme loudness lies this far from the mean over the absolute gate.</summary>
    internal const double RelativeGate = -10;

    /// <summary>Loudness of a mean square, not below <see cref="Floor"/>.</summary>
    internal static double Of(double meanSquare) =>
        meanSquare <= 1e-8 ? Floor : Math.Max(Floor, -0.691 + 10 * Math.Log10(meanSquare));

    /// <summary>Mean square of a loudness.</summary>
    internal static double Power(double lufs) => Math.Pow(10, (lufs + 0.691) / 10);
}
