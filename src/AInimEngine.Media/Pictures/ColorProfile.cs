using System.Buffers.Binary;

namespace AInimEngine.Media.Pictures;

/// <summary>
/// An ICC profile of the matrix and curves kind (ICC.1:2010, 8.3 and E.2), which is what cameras, screens and editors embed for
/// RGB: three curves to linear light, then a matrix to XYZ under D50. Immutable.
/// </summary>
public sealed class ColorProfile
{
    // XYZ under D50 (Bradford-adapted) to linear sRGB: the inverse of the colorants in the sRGB profile.
    private static readonly double[] s_toSrgb = Invert([0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733]);

    private readonly Func<double, double>[] _curves;

    private ColorProfile(Func<double, double>[] curves, float[] matrix)
    {
        _curves = curves;
        Matrix = matrix;
    }

    /// <summary>Linear RGB of the profile to linear sRGB, row by row, 9 values. Colours outside sRGB become negative or exceed 1.</summary>
    public IReadOnlyList<float> Matrix { get; }

    /// <summary>sRGB itself.</summary>
    public static ColorProfile Srgb { get; } = new([Decode, Decode, Decode], [1, 0, 0, 0, 1, 0, 0, 0, 1]);

    /// <summary>sRGB's primaries with a pure power as the curve.</summary>
    /// <param name="encoding">The exponent that was used to encode, as PNG's gAMA tells it: 0.45455 for the usual 2.2.</param>
    public static ColorProfile Power(double encoding)
    {
        double gamma = 1 / encoding;
        Func<double, double> curve = v => Math.Pow(v, gamma);
        return new ColorProfile([curve, curve, curve], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
    }

    /// <summary>Reads a profile.</summary>
    /// <param name="profile">The whole profile.</param>
    /// <returns>Null if it is broken or of another kind (tables, CMYK): the picture is then taken as sRGB, and that is to be said.</returns>
    public static ColorProfile? TryRead(ReadOnlySpan<byte> profile)
    {
        try
        {
            if (!profile[36..40].SequenceEqual("acsp"u8) || !profile[20..24].SequenceEqual("XYZ "u8))
                return null;
            if (profile[16..20].SequenceEqual("GRAY"u8))
            {
                Func<double, double> grey = Curve(Tag(profile, "kTRC"u8));
                return new ColorProfile([grey, grey, grey], [1, 0, 0, 0, 1, 0, 0, 0, 1]);
            }
            if (!profile[16..20].SequenceEqual("RGB "u8))
                return null;
            Func<double, double>[] curves = [Curve(Tag(profile, "rTRC"u8)), Curve(Tag(profile, "gTRC"u8)), Curve(Tag(profile, "bTRC"u8))];
            (double X, double Y, double Z)[] colorants = [Xyz(Tag(profile, "rXYZ"u8)), Xyz(Tag(profile, "gXYZ"u8)), Xyz(Tag(profile, "bXYZ"u8))];
            var matrix = new float[9];
            for (int row = 0; row < 3; row++)
            {
                for (int c = 0; c < 3; c++)
                    matrix[row * 3 + c] = (float)(s_toSrgb[row * 3] * colorants[c].X + s_toSrgb[row * 3 + 1] * colorants[c].Y + s_toSrgb[row * 3 + 2] * colorants[c].Z);
            }
            var read = new ColorProfile(curves, matrix);
            return read.IsNearSrgb ? Srgb : read;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The curve of a channel: linear light for every stored value.</summary>
    /// <param name="channel">0 red, 1 green, 2 blue.</param>
    /// <param name="values">256 or 65536 places, for stored values from 0 to full.</param>
    public void FillCurve(int channel, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)_curves[channel]((double)i / (values.Length - 1));
    }

    /// <summary>Whether no stored byte would change by a step: so are the many profiles that mean sRGB.</summary>
    private bool IsNearSrgb
    {
        get
        {
            for (int i = 0; i < 9; i++)
            {
                if (Math.Abs(Matrix[i] - Srgb.Matrix[i]) > 0.002)
                    return false;
            }
            for (int i = 0; i <= 64; i++)
            {
                double v = i / 64.0;
                if (_curves.Any(curve => Math.Abs(curve(v) - Decode(v)) > 0.001))
                    return false;
            }
            return true;
        }
    }

    /// <summary>IEC 61966-2-1: stored sRGB to linear light.</summary>
    private static double Decode(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> profile, ReadOnlySpan<byte> name)
    {
        uint count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[128..]), 200);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = profile.Slice(132 + 12 * i, 12);
            if (entry[..4].SequenceEqual(name))
                return profile.Slice((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(entry[4..])), (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(entry[8..])));
        }
        throw new InvalidDataException("a tag is missing");
    }

    private static (double X, double Y, double Z) Xyz(ReadOnlySpan<byte> tag) => (Fixed(tag[8..]), Fixed(tag[12..]), Fixed(tag[16..]));

    private static double Fixed(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadInt32BigEndian(at) / 65536.0;

    private static Func<double, double> Curve(ReadOnlySpan<byte> tag)
    {
        if (tag[..4].SequenceEqual("curv"u8))
        {
            int count = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(tag[8..]), 65536);
            if (count == 0)
                return v => v;
            if (count == 1)
            {
                double gamma = BinaryPrimitives.ReadUInt16BigEndian(tag[12..]) / 256.0;
                return v => Math.Pow(v, gamma);
            }
            var table = new double[count];
            for (int i = 0; i < count; i++)
                table[i] = BinaryPrimitives.ReadUInt16BigEndian(tag[(12 + 2 * i)..]) / 65535.0;
            return v => Interpolate(table, v);
        }
        if (!tag[..4].SequenceEqual("para"u8))
            throw new InvalidDataException("an unknown kind of curve");
        int kind = BinaryPrimitives.ReadUInt16BigEndian(tag[8..]);
        int[] counts = [1, 3, 4, 5, 7];
        if (kind >= counts.Length)
            throw new InvalidDataException("an unknown kind of curve");
        var p = new double[7]; // g a b c d e f
        for (int i = 0; i < counts[kind]; i++)
            p[i] = Fixed(tag[(12 + 4 * i)..]);
        return kind switch
        {
            0 => v => Math.Pow(v, p[0]),
            1 => v => v >= -p[2] / p[1] ? Power(v, p) : 0,
            2 => v => v >= -p[2] / p[1] ? Power(v, p) + p[3] : p[3],
            3 => v => v >= p[4] ? Power(v, p) : p[3] * v,
            _ => v => v >= p[4] ? Power(v, p) + p[5] : p[3] * v + p[6],
        };
    }

    private static double Power(double v, double[] p) => Math.Pow(Math.Max(0, p[1] * v + p[2]), p[0]);

    private static double Interpolate(double[] table, double v)
    {
        double at = v * (table.Length - 1);
        int below = Math.Min((int)at, table.Length - 2);
        return table[below] + (at - below) * (table[below + 1] - table[below]);
    }

    private static double[] Invert(double[] m)
    {
        double a = m[4] * m[8] - m[5] * m[7], b = m[5] * m[6] - m[3] * m[8], c = m[3] * m[7] - m[4] * m[6];
        double determinant = m[0] * a + m[1] * b + m[2] * c;
        double[] adjugate =
        [
            a, m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            b, m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            c, m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
        ];
        return [.. adjugate.Select(value => value / determinant)];
    }
}
