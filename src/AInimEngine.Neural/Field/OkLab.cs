namespace AInimEngine.Neural.Field;

/// <summary>OKLab and back (Ottosson 2020, https://bottosson.github.io/posts/oklab).</summary>
internal static class OkLab
{
    /// <summary>Cone responses (cube roots) from L, a, b; row by row.</summary>
    public static ReadOnlySpan<double> ConesFromLab =>
    [
        1, 0.3963377774, 0.2158037573,
        1, -0.1055613458, -0.0638541728,
        1, -0.0894841775, -1.2914855480,
    ];

    /// <summary>Linear sRGB from cubed cone responses; row by row.</summary>
    public static ReadOnlySpan<double> LinearFromCones =>
    [
        4.0767416621, -3.3077115913, 0.2309699292,
        -1.2684380046, 2.6097574011, -0.3413193965,
        -0.0041960863, -0.7034186147, 1.7076147010,
    ];

    /// <summary>L, a, b of 0xRRGGBB.</summary>
    public static (double L, double A, double B) FromSrgb(int color)
    {
        double r = Linear(color >> 16), g = Linear(color >> 8 & 255), b = Linear(color & 255);
        double l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return (
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
    }

    /// <summary>Linear sRGB, without negative light.</summary>
    public static (double R, double G, double B) ToLinear(double l, double a, double b)
    {
        ReadOnlySpan<double> c = ConesFromLab, m = LinearFromCones;
        double x = Cube(c[0] * l + c[1] * a + c[2] * b);
        double y = Cube(c[3] * l + c[4] * a + c[5] * b);
        double z = Cube(c[6] * l + c[7] * a + c[8] * b);
        return (
            Math.Max(0, m[0] * x + m[1] * y + m[2] * z),
            Math.Max(0, m[3] * x + m[4] * y + m[5] * z),
            Math.Max(0, m[6] * x + m[7] * y + m[8] * z));
    }

    private static double Cube(double x) => x * x * x;

    private static double Linear(int value) =>
        value <= 10 ? value / 255.0 / 12.92 : Math.Pow((value / 255.0 + 0.055) / 1.055, 2.4);
}
