using System.Globalization;
using System.Numerics;

namespace AInimEngine.Core.Time;

/// <summary>
/// An exact fraction in lowest terms with a positive denominator, e.g. 30000/1001 frames a second.
/// Products are formed in 128 bits, so rates times sample positions never round or overflow.
/// </summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly long _denominatorMinusOne;

    /// <summary>Makes <paramref name="numerator"/> / <paramref name="denominator"/> in lowest terms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not positive.</exception>
    public Rational(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        long divisor = (long)BigInteger.GreatestCommonDivisor(numerator, denominator);
        Numerator = numerator / divisor;
        _denominatorMinusOne = denominator / divisor - 1;
    }

    /// <summary>The signed numerator.</summary>
    public long Numerator { get; }

    /// <summary>The denominator, 1 or more (so that <c>default</c> is zero, not an error).</summary>
    public long Denominator => _denominatorMinusOne + 1;

    /// <summary>The nearest double, for display and for quantities that need no exactness.</summary>
    public double Value => (double)Numerator / Denominator;

    /// <summary>floor(this * <paramref name="factor"/>), exact.</summary>
    public long FloorMultiply(long factor) => FloorDivide((Int128)Numerator * factor, Denominator);

    /// <summary>ceil(this * <paramref name="factor"/>), exact.</summary>
    public long CeilingMultiply(long factor) => -FloorDivide(-(Int128)Numerator * factor, Denominator);

    /// <summary>floor(this * <paramref name="factor"/> + 1/2), exact: ties go up.</summary>
    public long RoundMultiply(long factor) =>
        FloorDivide((Int128)Numerator * factor * 2 + Denominator, (Int128)Denominator * 2);

    /// <summary>The product of two fractions.</summary>
    /// <exception cref="OverflowException">The result in lowest terms does not fit 64 bits.</exception>
    public static Rational operator *(Rational left, Rational right)
    {
        BigInteger numerator = (BigInteger)left.Numerator * right.Numerator;
        BigInteger denominator = (BigInteger)left.Denominator * right.Denominator;
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new Rational((long)(numerator / divisor), (long)(denominator / divisor));
    }

    /// <summary>1 / this.</summary>
    /// <exception cref="DivideByZeroException">This is zero or negative.</exception>
    public Rational Reciprocal => Numerator > 0
        ? new Rational(Denominator, Numerator)
        : throw new DivideByZeroException("only a positive rate has a reciprocal");

    /// <summary>
    /// Reads "30", "30000/1001" or a decimal. The broadcast spellings 23.976, 29.97, 59.94 and 119.88 mean their
    /// exact n*1000/1001 rates.
    /// </summary>
    public static bool TryParse(string? text, out Rational value)
    {
        value = default;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40)
            return false;
        text = text.Trim();
        switch (text)
        {
            case "23.976" or "23.98": value = new Rational(24000, 1001); return true;
            case "29.97": value = new Rational(30000, 1001); return true;
            case "47.952" or "47.95": value = new Rational(48000, 1001); return true;
            case "59.94": value = new Rational(60000, 1001); return true;
            case "119.88": value = new Rational(120000, 1001); return true;
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!long.TryParse(text.AsSpan(0, slash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long numerator)
                || !long.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long denominator)
                || denominator <= 0)
                return false;
            value = new Rational(numerator, denominator);
            return true;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            || Math.Abs(number) > 1_000_000_000m)
            return false;
        long scale = 1;
        while (number != decimal.Truncate(number) && scale < 1_000_000_000)
        {
            number *= 10;
            scale *= 10;
        }
        value = new Rational((long)number, scale);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Rational other) =>
        ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>"30" or "30000/1001".</summary>
    public override string ToString() => Denominator == 1 ? $"{Numerator}" : $"{Numerator}/{Denominator}";

    /// <summary>Equal as fractions.</summary>
    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    /// <summary>Different as fractions.</summary>
    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    /// <summary>Smaller.</summary>
    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    /// <summary>Greater.</summary>
    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    /// <summary>Smaller or equal.</summary>
    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    /// <summary>Greater or equal.</summary>
    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    private static long FloorDivide(Int128 numerator, Int128 denominator)
    {
        (Int128 quotient, Int128 remainder) = Int128.DivRem(numerator, denominator);
        return checked((long)(remainder < 0 ? quotient - 1 : quotient));
    }
}
