namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// Where a chord lies on the circles of fifths, minor thirds and major thirds (Harte, Sandler and Gasser, "Detecting
/// harmonic change in musical audio", 2006, eq. 1 and 2; radii 1, 1, 0.5).
/// </summary>
internal static class TonalCentroid
{
    /// <summary>Two coordinates on each of three circles.</summary>
    internal const int Dimensions = 6;

    private static readonly float[] s_basis = MakeBasis();

    /// <summary>Writes the six coordinates of a chroma that sums to 1, or 0 of one that is all 0.</summary>
    internal static void Of(ReadOnlySpan<float> chroma, Span<float> coordinates)
    {
        for (int d = 0; d < Dimensions; d++)
            coordinates[d] = VectorMath.Dot(s_basis.AsSpan(d * Chroma.Classes, Chroma.Classes), chroma);
    }

    private static float[] MakeBasis()
    {
        var basis = new float[Dimensions * Chroma.Classes];
        ReadOnlySpan<(double Turn, double Radius)> circles = [(7 / 12.0, 1), (3 / 4.0, 1), (1 / 3.0, 0.5)];
        for (int circle = 0; circle < circles.Length; circle++)
        {
            for (int pitch = 0; pitch < Chroma.Classes; pitch++)
            {
                (double sin, double cos) = Math.SinCos(Math.Tau * circles[circle].Turn * pitch);
                basis[2 * circle * Chroma.Classes + pitch] = (float)(circles[circle].Radius * sin);
                basis[(2 * circle + 1) * Chroma.Classes + pitch] = (float)(circles[circle].Radius * cos);
            }
        }
        return basis;
    }
}
