using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Neural.Field;

/// <summary>What can be steered beside the latent, one value of each for a picture.</summary>
/// <param name="Zoom">Magnification.</param>
/// <param name="Rotation">Turns.</param>
/// <param name="Warp">Factor on the displacement of the forms by the flow.</param>
/// <param name="Symmetry">0 plain, 1 folded.</param>
/// <param name="Detail">Factor on strands.</param>
/// <param name="Glow">Factor on emission: edges, lines, curtains.</param>
/// <param name="Hue">Turns of the palette.</param>
/// <param name="Pulse">Kick of light.</param>
/// <param name="TintA">Lean of all colours, green to red.</param>
/// <param name="TintB">Lean of all colours, blue to yellow.</param>
internal readonly record struct FieldControls(
    double Zoom, double Rotation, double Warp, double Symmetry, double Detail, double Glow, double Hue, double Pulse,
    double TintA, double TintB)
{
    /// <summary>Pitch classes.</summary>
    public const int ChromaLength = 12;

    private const double TintStrength = 0.07;

    /// <summary>The inputs of a field generator, the latent first.</summary>
    public static IReadOnlyList<FrameField> Fields { get; } =
    [
        new(LatentLayout.FieldName, FieldShape.LatentLayers * FieldShape.LatentWidth, "", -6, 6, "Where in the universe: layout and flow, forms and contours, detail and colour."),
        new("field.zoom", 1, "", 0.25f, 4, "Magnification about the middle."),
        new("field.rotation", 1, "turn", -1, 1, "Turns the whole picture; cyclic."),
        new("field.warp", 1, "", 0, 2, "How far the flow displaces the forms: 0 calm and geometric, 2 turbulent."),
        new("field.symmetry", 1, "", 0, 1, "0 plain, 1 folded into the universe's rotational symmetry."),
        new("field.detail", 1, "", 0, 2, "Strength of hair-fine strands."),
        new("field.glow", 1, "", 0, 3, "Strength of emitted light: edges, lines, curtains."),
        new("field.hue", 1, "turn", -1, 1, "Turns all colours in OKLab; cyclic."),
        new("field.pulse", 1, "", 0, 1, "A kick of light, for onsets."),
        new("field.chroma", ChromaLength, "", 0, 1, "Strength of the pitch classes from C; leans the colours, by fifths around the hue circle."),
    ];

    /// <summary>Number of floats of all fields but the latent.</summary>
    public const int Count = 8 + ChromaLength;

    /// <summary>Reads the values that follow the latent, kept within their ranges; what is not a number becomes the smallest.</summary>
    public static FieldControls Read(ReadOnlySpan<float> values, ReadOnlySpan<int> offsets)
    {
        ReadOnlySpan<float> chroma = values.Slice(offsets[8], ChromaLength);
        double a = 0, b = 0, sum = 0;
        for (int pitch = 0; pitch < ChromaLength; pitch++)
        {
            double strength = Within(chroma[pitch], 0, 1);
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (pitch * 7 % 12) / 12);
            a += strength * cos;
            b += strength * sin;
            sum += strength;
        }
        double tint = TintStrength / Math.Max(1, sum);
        return new(
            Within(values[offsets[0]], 0.25, 4), Within(values[offsets[1]], -1e3, 1e3), Within(values[offsets[2]], 0, 2),
            Within(values[offsets[3]], 0, 1), Within(values[offsets[4]], 0, 2), Within(values[offsets[5]], 0, 3),
            Within(values[offsets[6]], -1e3, 1e3), Within(values[offsets[7]], 0, 1), a * tint, b * tint);
    }

    /// <summary>What calibration draws with.</summary>
    public static FieldControls Default(double symmetry) => new(1, 0, 1, symmetry, 1, 1, 0, 0, 0, 0);

    private static double Within(double value, double min, double max) => value >= min ? Math.Min(value, max) : min;
}
