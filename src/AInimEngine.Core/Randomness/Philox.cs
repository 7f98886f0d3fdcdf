namespace AInimEngine.Core.Randomness;

/// <summary>
/// Counter-based random numbers, Philox-4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// A number is a pure function of seed, stream and index, so any frame can be made without those before it.
/// </summary>
public static class Philox
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>Four random words of block <paramref name="index"/>.</summary>
    public static (uint X, uint Y, uint Z, uint W) Block(ulong seed, ulong stream, ulong index)
    {
        uint x = (uint)index, y = (uint)(index >> 32), z = (uint)stream, w = (uint)(stream >> 32);
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = (ulong)Multiplier0 * x, product1 = (ulong)Multiplier1 * z;
            (x, y, z, w) = ((uint)(product1 >> 32) ^ y ^ key0, (uint)product1, (uint)(product0 >> 32) ^ w ^ key1, (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return (x, y, z, w);
    }

    /// <summary>A 64-bit hash of the three values.</summary>
    public static ulong Hash(ulong seed, ulong stream, ulong index)
    {
        (uint x, uint y, _, _) = Block(seed, stream, index);
        return ((ulong)y << 32) | x;
    }

    /// <summary>A float in [0, 1).</summary>
    public static float Uniform(ulong seed, ulong stream, ulong index) =>
        (Block(seed, stream, index).X >> 8) * (1f / (1 << 24));

    /// <summary>Fills with floats in [0, 1).</summary>
    public static void Uniform(ulong seed, ulong stream, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = Uniform(seed, stream, (ulong)i);
    }

    /// <summary>Fills with independent standard normal floats (Box and Muller, in double).</summary>
    public static void Normal(ulong seed, ulong stream, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            (uint x, uint y, _, _) = Block(seed, stream, (ulong)(i / 2));
            double radius = Math.Sqrt(-2 * Math.Log((x + 1.0) / 4294967296.0));
            (double sin, double cos) = Math.SinCos(2 * Math.PI * y / 4294967296.0);
            values[i] = (float)(radius * cos);
            if (i + 1 < values.Length)
                values[i + 1] = (float)(radius * sin);
        }
    }
}
