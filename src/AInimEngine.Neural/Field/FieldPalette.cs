namespace AInimEngine.Neural.Field;

/// <summary>
/// A ramp of six colours from dark to light and one accent, kept in OKLab (Ottosson, "A perceptual color space for image
/// processing", 2020), where neighbours mix without grey. Neighbouring stops stay close in hue for the same reason.
/// </summary>
public sealed class FieldPalette
{
    /// <summary>Colours of the ramp.</summary>
    internal const int Stops = 6;

    private readonly double[,] _lab = new double[Stops + 1, 3];

    private FieldPalette(string name, params ReadOnlySpan<int> colors)
    {
        Name = name;
        for (int i = 0; i <= Stops; i++)
            (_lab[i, 0], _lab[i, 1], _lab[i, 2]) = OkLab.FromSrgb(colors[i]);
    }

    /// <summary>All palettes; the universe chooses among them by index, so new ones go last.</summary>
    public static IReadOnlyList<FieldPalette> All { get; } =
    [
        new("ember", 0x120614, 0x4a0f22, 0xa31f1f, 0xe2531b, 0xff9a3c, 0xffe3a8, 0x3fc4d8),
        new("abyss", 0x020814, 0x062a4f, 0x0b5f86, 0x17a2a8, 0x7fe3c8, 0xf2fff0, 0xff6b5e),
        new("sunset", 0x140c38, 0x5b2a86, 0xc43d8a, 0xff6f61, 0xffb86b, 0xfff0c2, 0x35c2d0),
        new("peacock", 0x05101e, 0x06386a, 0x0a8f96, 0x52cc74, 0xf0dc4c, 0xfff4c0, 0xf0309a),
        new("ukiyo", 0x0a1838, 0x11478f, 0x2f9fc8, 0xa8e8d8, 0xffd79e, 0xf0502e, 0xffc45a),
        new("klimt", 0x0d0a08, 0x3d2410, 0x8a5a18, 0xd9a52b, 0xffe27a, 0xfff8dc, 0x1fb0a8),
        new("orchid", 0x0b0620, 0x3a1466, 0x8c2fa8, 0xe65aa6, 0xffb3a7, 0xfff2e0, 0x2fd3d6),
        new("aurora", 0x040818, 0x0a2a52, 0x0c6f7a, 0x2fc98a, 0xb7f58a, 0xfdfde0, 0xb44bff),
        new("cobalt", 0x05051c, 0x1b1f8a, 0x3b5cf5, 0x8fc3ff, 0xfff3dc, 0xff9a3d, 0xff5a1f),
        new("rose-gold", 0x1a0712, 0x5e1436, 0xb8325e, 0xf0786f, 0xffc08f, 0xfff1dc, 0xf5c542),
        new("glacier", 0x04101a, 0x0f4257, 0x3b8ea8, 0x98d3de, 0xf1fbfa, 0xffcfb5, 0xf26a4b),
        new("jade", 0x02150f, 0x04503c, 0x0c9a68, 0x3fdc8a, 0xb8f78a, 0xfff8c8, 0xff4f36),
        new("candy", 0x170a3a, 0x5a1fb0, 0xe0218a, 0xff6ab8, 0xffc4d8, 0x5fe8f8, 0x2ff0e8),
        new("noir", 0x07070f, 0x1b1c3a, 0x46508c, 0xb3b4d6, 0xfff0e2, 0xff3a2a, 0xff2f24),
        new("desert", 0x1c0a24, 0x6a1848, 0xcc3038, 0xf57a34, 0xffc866, 0xfff2c8, 0x18d8e0),
        new("lagoon", 0x0a0f2c, 0x153f7a, 0x1592a5, 0x5fd6b8, 0xf5f2c0, 0xff8f6b, 0xff5470),
        new("violet", 0x06031a, 0x2a0f6b, 0x6a1fd0, 0xb55cff, 0xffb0f0, 0xfff6ff, 0x2ff0c0),
        new("moss", 0x06120a, 0x0f4a22, 0x3f9a1c, 0xa8c832, 0xffe060, 0xfffae0, 0xff5a3a),
        new("tropic", 0x06102a, 0x0d4f8b, 0x12a4b8, 0x6fe0a0, 0xffd166, 0xff5a3d, 0xff9a2a),
        new("plum", 0x12082a, 0x46127a, 0xa8349a, 0xff6f90, 0xffbe86, 0xa8ffdc, 0x22f0b8),
    ];

    /// <summary>Lower-case name.</summary>
    public string Name { get; }

    /// <summary>Lightness of a stop; the accent is stop <see cref="Stops"/>.</summary>
    internal double L(int stop) => _lab[stop, 0];

    /// <summary>Green to red of a stop.</summary>
    internal double A(int stop) => _lab[stop, 1];

    /// <summary>Blue to yellow of a stop.</summary>
    internal double B(int stop) => _lab[stop, 2];

    /// <summary>Finds a palette by name.</summary>
    public static FieldPalette? Find(string name)
    {
        foreach (FieldPalette palette in All)
            if (palette.Name == name)
                return palette;
        return null;
    }
}
