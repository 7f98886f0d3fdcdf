namespace AInimEngine.DemoTrack.Synthesis;

/// <summary>
/// Transcendental functions from additions and products alone, so that the track is the same to the last bit on every
/// processor: the C library's own differ in the last place with the instructions that it finds.
/// </summary>
public static class Maths
{
    private const double Ln2 = 0.693147180559945309417, Log2E = 1.44269504088896340736, Sqrt2 = 1.41421356237309504880;

    /// <summary>sin(2 pi <paramref name="turns"/>), error below 1e-11.</summary>
    public static double Sin(double turns)
    {
        double x = turns - Math.Floor(turns + 0.5);
        if (x > 0.25)
            x = 0.5 - x;
        else if (x < -0.25)
            x = -0.5 - x;
        double t = x * (2 * Math.PI), s = t * t;
        return t * (1 + s * (-1 / 6.0 + s * (1 / 120.0 + s * (-1 / 5040.0 + s * (1 / 362880.0
            + s * (-1 / 39916800.0 + s * (1 / 6227020800.0 - s * (1 / 1307674368000.0))))))));
    }

    /// <summary>cos(2 pi <paramref name="turns"/>).</summary>
    public static double Cos(double turns) => Sin(turns + 0.25);

    /// <summary>tan(pi <paramref name="x"/>) for x in [0, 0.49].</summary>
    public static double TanPi(double x) => Sin(x * 0.5) / Cos(x * 0.5);

    /// <summary>2^x for |x| below 1000, relative error below 1e-13.</summary>
    public static double Exp2(double x)
    {
        double whole = Math.Floor(x);
        double t = (x - whole - 0.5) * Ln2, sum = 1;
        for (int k = 12; k >= 1; k--)
            sum = 1 + sum * t / k;
        return sum * Sqrt2 * BitConverter.Int64BitsToDouble(((long)whole + 1023) << 52);
    }

    /// <summary>e^x.</summary>
    public static double Exp(double x) => x < -600 ? 0 : Exp2(x * Log2E);

    /// <summary>log2 of a positive, normal number, error below 1e-12.</summary>
    public static double Log2(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > Sqrt2)
        {
            m *= 0.5;
            exponent++;
        }
        double z = (m - 1) / (m + 1), square = z * z, sum = 0;
        for (int k = 21; k >= 1; k -= 2)
            sum = 1.0 / k + square * sum;
        return exponent + 2 * Log2E * z * sum;
    }

    /// <summary>tanh(x).</summary>
    public static double Tanh(double x)
    {
        if (x > 20)
            return 1;
        if (x < -20)
            return -1;
        double e = Exp(2 * x);
        return (e - 1) / (e + 1);
    }

    /// <summary>Decibels as a factor of amplitude.</summary>
    public static double Gain(double decibels) => Exp2(decibels * 0.166096404744368117);

    /// <summary>Frequency in Hz of a MIDI note, 69 being 440 Hz; fractions bend.</summary>
    public static double Frequency(double note) => 440 * Exp2((note - 69) / 12);

    /// <summary>0 below a, 1 above b, and a smooth step between.</summary>
    public static double Smooth(double a, double b, double x)
    {
        double t = Math.Clamp((x - a) / (b - a), 0, 1);
        return t * t * (3 - 2 * t);
    }

    /// <summary>From a to b as t goes from 0 to 1, straight on a logarithmic scale.</summary>
    public static double Sweep(double a, double b, double t) => a * Exp2(Log2(b / a) * Math.Clamp(t, 0, 1));
}
