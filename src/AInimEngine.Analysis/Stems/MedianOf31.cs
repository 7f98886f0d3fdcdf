using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AInimEngine.Analysis.Stems;

/// <summary>
/// Medians of 31 values in eight lanes at once: Batcher's odd-even merge network for 32 (Knuth, "The Art of Computer
/// Programming", 5.3.4), of which only what the median depends on is run. No branches, so music costs what silence costs.
/// </summary>
internal sealed class MedianOf31
{
    /// <summary>Values in a window.</summary>
    internal const int Count = 31;

    private const int Wires = 32, Middle = 15;

    private static readonly (int Low, int High)[] s_pairs = Network();

    private readonly Vector256<float>[] _wires = new Vector256<float>[Wires];

    /// <summary>
    /// Writes, for every eighth i, the medians of values[start + i + lane + k * stride], k = 0 to 30, modulo nothing: the
    /// caller lays out what is read.
    /// </summary>
    /// <param name="values">Read from <paramref name="start"/> to past the last window by up to seven floats.</param>
    /// <param name="start">First value of the first window.</param>
    /// <param name="stride">Distance of the values in a window.</param>
    /// <param name="medians">A multiple of eight.</param>
    internal void Of(ReadOnlySpan<float> values, int start, int stride, Span<float> medians)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        Span<Vector256<float>> wires = _wires;
        for (int i = 0; i < medians.Length; i += 8)
        {
            for (int k = 0; k < Count; k++)
                wires[k] = Vector256.LoadUnsafe(ref from, (nuint)(start + i + k * stride));
            wires[Count] = Vector256.Create(float.PositiveInfinity);
            foreach ((int low, int high) in s_pairs)
            {
                Vector256<float> a = wires[low], b = wires[high];
                wires[low] = Vector256.MinNative(a, b);
                wires[high] = Vector256.MaxNative(a, b);
            }
            wires[Middle].CopyTo(medians[i..]);
        }
    }

    private static (int Low, int High)[] Network()
    {
        var pairs = new List<(int Low, int High)>();
        for (int p = 1; p < Wires; p *= 2)
        {
            for (int k = p; k >= 1; k /= 2)
            {
                for (int j = k % p; j < Wires - k; j += 2 * k)
                {
                    for (int i = 0; i < Math.Min(k, Wires - j - k); i++)
                    {
                        if ((i + j) / (2 * p) == (i + j + k) / (2 * p))
                            pairs.Add((i + j, i + j + k));
                    }
                }
            }
        }

        // From the end: a pair is of use if one of its wires is still to be read.
        var needed = new bool[Wires];
        needed[Middle] = true;
        var used = new List<(int, int)>();
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            (int low, int high) = pairs[i];
            if (!needed[low] && !needed[high])
                continue;
            needed[low] = needed[high] = true;
            used.Add(pairs[i]);
        }
        used.Reverse();
        return [.. used];
    }
}
