namespace AInimEngine.Neural.Field;

/// <summary>The weights of a drawing style: how much of each means it uses. Chosen by eye on sheets of 64 universes.</summary>
/// <param name="Bands">Terraces crossed per unit length (half the short side of the picture), on average.</param>
/// <param name="Terraces">How flat the terraces are in colour.</param>
/// <param name="Shadow">Shadow under terrace edges.</param>
/// <param name="Rim">Light on terrace edges.</param>
/// <param name="EdgeGlow">Emission along terrace edges.</param>
/// <param name="Line">Light drawn lines.</param>
/// <param name="Ink">Dark drawn lines.</param>
/// <param name="Strands">Hair-fine lines along the flow.</param>
/// <param name="Relief">Depth under the light.</param>
/// <param name="Shine">Highlights.</param>
/// <param name="Curtains">Emission that is sharp below and fades above.</param>
/// <param name="Night">How far dark regions sink.</param>
/// <param name="Exposure">Brightness that calibration aims at.</param>
/// <param name="Frequency">Mean slope of the drawn fields, standard deviations per unit length, that calibration aims at.</param>
internal sealed record FieldLook(
    double Bands, double Terraces, double Shadow, double Rim, double EdgeGlow, double Line, double Ink, double Strands,
    double Relief, double Shine, double Curtains, double Night, double Exposure, double Frequency)
{
    /// <summary>Below this a means is left out of the program.</summary>
    public const double Least = 0.04;

    private static readonly FieldLook[] Styles =
    [
        new(5.5, 1.00, 1.0, 1.0, 0.10, 0.00, 0.00, 0.70, 0.60, 0.08, 0.0, 0.20, 0.58, 3.2),
        new(4.5, 0.80, 0.8, 0.4, 1.10, 0.35, 0.00, 0.60, 0.50, 0.10, 0.2, 0.55, 0.45, 3.1),
        new(3.0, 0.15, 0.2, 0.0, 0.00, 0.00, 0.00, 1.50, 1.00, 0.30, 0.1, 0.25, 0.50, 2.8),
        new(3.0, 0.40, 0.5, 0.2, 0.30, 0.00, 0.00, 1.50, 0.70, 0.05, 1.2, 0.60, 0.46, 2.8),
        new(4.0, 0.75, 0.6, 0.3, 0.00, 0.00, 0.75, 1.10, 0.45, 0.05, 0.0, 0.05, 0.60, 3.1),
    ];

    /// <summary>The weights of one style.</summary>
    public static FieldLook Of(FieldStyle style) => Styles[(int)style];

    /// <summary>Between this look (0) and another (1).</summary>
    public FieldLook Mix(FieldLook other, double amount)
    {
        double Of(double a, double b) => a + (b - a) * amount;
        return new(
            Of(Bands, other.Bands), Of(Terraces, other.Terraces), Of(Shadow, other.Shadow), Of(Rim, other.Rim),
            Of(EdgeGlow, other.EdgeGlow), Of(Line, other.Line), Of(Ink, other.Ink), Of(Strands, other.Strands),
            Of(Relief, other.Relief), Of(Shine, other.Shine), Of(Curtains, other.Curtains), Of(Night, other.Night),
            Of(Exposure, other.Exposure), Of(Frequency, other.Frequency));
    }
}
