using System.Runtime.Intrinsics;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// Element-wise functions and sums in a fixed order of eight lanes. TensorPrimitives would read shorter, but sums as the
/// machine's vectors are wide and fuses where it can, and a render split over two machines must have the same bits.
/// </summary>
internal static class VectorMath
{
    /// <summary>Base-2 logarithm of positive normal floats, error below 1e-6.</summary>
    /// <remarks>x = m 2^e with m in [sqrt(1/2), sqrt 2); ln m = 2 artanh((m-1)/(m+1)) as its series to the ninth power.</remarks>
    internal static Vector256<float> Log2(Vector256<float> x)
    {
        Vector256<int> bits = x.AsInt32();
        Vector256<int> exponent = Vector256.ShiftRightArithmetic(bits - Vector256.Create(0x3F3504F3), 23);
        Vector256<float> m = (bits - Vector256.ShiftLeft(exponent, 23)).AsSingle();
        Vector256<float> t = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        Vector256<float> u = t * t;
        Vector256<float> series = u * (1f / 9) + Vector256.Create(1f / 7);
        series = series * u + Vector256.Create(1f / 5);
        series = series * u + Vector256.Create(1f / 3);
        series = series * u + Vector256<float>.One;
        return Vector256.ConvertToSingle(exponent) + series * t * (float)(2 / Math.Log(2));
    }

    /// <summary>Sum of the eight lanes, in pairs.</summary>
    internal static float Sum(Vector256<float> v) =>
        ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));

    /// <summary>Sum of floats, in eight lanes and a tail.</summary>
    internal static float Sum(ReadOnlySpan<float> values)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        int i = 0;
        for (; i + 8 <= values.Length; i += 8)
            sum += Vector256.Create(values.Slice(i, 8));
        float total = Sum(sum);
        for (; i < values.Length; i++)
            total += values[i];
        return total;
    }

    /// <summary>Sum of products of floats, in eight lanes and a tail.</summary>
    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
            sum += Vector256.Create(a.Slice(i, 8)) * Vector256.Create(b.Slice(i, 8));
        float total = Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }
}
