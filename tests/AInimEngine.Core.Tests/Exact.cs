using System.Numerics;

namespace AInimEngine.Core.Tests;

/// <summary>The oracle: integers of any size.</summary>
internal static class Exact
{
    /// <summary>floor(numerator / denominator) for a positive denominator.</summary>
    public static BigInteger Floor(BigInteger numerator, BigInteger denominator)
    {
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }
}
