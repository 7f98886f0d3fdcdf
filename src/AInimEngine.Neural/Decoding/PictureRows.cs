using System.Runtime.Intrinsics;

namespace AInimEngine.Neural.Decoding;

/// <summary>Values of a network as display values.</summary>
internal static class PictureRows
{
    /// <summary>-1..1 to 0..1, cut off beyond. Source and target may overlap if the target begins no later.</summary>
    public static void ToUnit(ReadOnlySpan<float> source, Span<float> target)
    {
        int i = 0;
        for (; i + 8 <= source.Length; i += 8)
        {
            Vector256<float> unit = Vector256.Create(source.Slice(i, 8)) * 0.5f + Vector256.Create(0.5f);
            Vector256.Min(Vector256.Max(unit, Vector256<float>.Zero), Vector256<float>.One).CopyTo(target.Slice(i, 8));
        }
        for (; i < source.Length; i++)
            target[i] = Math.Clamp(source[i] * 0.5f + 0.5f, 0, 1);
    }
}
