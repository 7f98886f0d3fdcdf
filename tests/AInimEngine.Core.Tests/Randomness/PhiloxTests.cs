using AInimEngine.Core.Randomness;

namespace AInimEngine.Core.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>The known answers of the Random123 distribution, kat_vectors, "philox4x32 10".</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void AgreesWithThePublishedKnownAnswers(
        uint counter0, uint counter1, uint counter2, uint counter3, uint key0, uint key1, uint x, uint y, uint z, uint w)
    {
        ulong index = ((ulong)counter1 << 32) | counter0, stream = ((ulong)counter3 << 32) | counter2, seed = ((ulong)key1 << 32) | key0;
        Assert.Equal((x, y, z, w), Philox.Block(seed, stream, index));
        Assert.Equal(((ulong)y << 32) | x, Philox.Hash(seed, stream, index));
    }

    [Fact]
    public void UniformStaysBelowOneAtTheLargestWord()
    {
        // The all-ones word is the worst case of the conversion: (2^24 - 1) / 2^24.
        Assert.True((uint.MaxValue >> 8) * (1f / (1 << 24)) < 1f);
        var values = new float[1 << 20];
        Philox.Uniform(7, 3, values);
        Assert.InRange(values.Min(), 0f, 1e-4f);
        Assert.InRange(values.Max(), 1 - 1e-4f, MathF.BitDecrement(1f));
    }

    [Fact]
    public void UniformIsFlat()
    {
        const int Count = 1 << 20, Bins = 64;
        var values = new float[Count];
        Philox.Uniform(1, 2, values);
        var histogram = new int[Bins];
        foreach (float value in values)
            histogram[(int)(value * Bins)]++;
        double expected = (double)Count / Bins;
        double chiSquare = histogram.Sum(n => (n - expected) * (n - expected) / expected);
        Assert.InRange(chiSquare, 28, 115); // 63 degrees of freedom, 0.01 % in either tail
    }

    [Fact]
    public void NormalHasTheMomentsOfTheNormalDistribution()
    {
        const int Count = 1 << 20;
        var values = new float[Count];
        Philox.Normal(11, 5, values);
        double mean = values.Average(v => (double)v);
        double variance = values.Average(v => (v - mean) * (v - mean));
        double skew = values.Average(v => Math.Pow(v - mean, 3)) / Math.Pow(variance, 1.5);
        double kurtosis = values.Average(v => Math.Pow(v - mean, 4)) / (variance * variance);

        // Four standard errors of each estimate at n = 2^20: 1, sqrt 2, sqrt 6 and sqrt 24 over sqrt n.
        double error = 4 / Math.Sqrt(Count);
        Assert.InRange(mean, -error, error);
        Assert.InRange(variance, 1 - 1.42 * error, 1 + 1.42 * error);
        Assert.InRange(skew, -2.45 * error, 2.45 * error);
        Assert.InRange(kurtosis, 3 - 4.9 * error, 3 + 4.9 * error);
        Assert.All(values, v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void NormalHasTheTailsOfTheNormalDistribution()
    {
        const int Count = 1 << 20;
        var values = new float[Count];
        Philox.Normal(11, 6, values);
        Assert.InRange(values.Count(v => Math.Abs(v) > 1) / (double)Count, 0.3173 - 0.002, 0.3173 + 0.002);
        Assert.InRange(values.Count(v => Math.Abs(v) > 3) / (double)Count, 0.0027 - 0.0003, 0.0027 + 0.0003);
    }

    [Fact]
    public void NeighboursInPairsAreUncorrelated()
    {
        var values = new float[1 << 20];
        Philox.Normal(3, 9, values);
        double within = 0, across = 0;
        for (int i = 0; i + 2 < values.Length; i += 2)
        {
            within += values[i] * (double)values[i + 1];
            across += values[i + 1] * (double)values[i + 2];
        }
        double error = 4 / Math.Sqrt(values.Length / 2);
        Assert.InRange(within / (values.Length / 2), -error, error);
        Assert.InRange(across / (values.Length / 2), -error, error);
    }

    [Fact]
    public void ANumberDependsOnNothingButSeedStreamAndIndex()
    {
        var longRun = new float[101];
        var shortRun = new float[7];
        Philox.Normal(42, 1, longRun);
        Philox.Normal(42, 1, shortRun);
        Assert.Equal(longRun[..7], shortRun);
        Philox.Uniform(42, 1, longRun);
        Assert.Equal(longRun[63], Philox.Uniform(42, 1, 63));
    }

    [Fact]
    public void SeedsAndStreamsGiveDifferentNumbers()
    {
        var hashes = new HashSet<ulong>();
        for (ulong seed = 0; seed < 32; seed++)
            for (ulong stream = 0; stream < 32; stream++)
                for (ulong index = 0; index < 32; index++)
                    Assert.True(hashes.Add(Philox.Hash(seed, stream, index)));
    }

    [Fact]
    public void FillingABufferAllocatesNothing()
    {
        var values = new float[4096];
        Philox.Normal(1, 1, values);
        Philox.Uniform(1, 1, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Philox.Normal(2, 1, values);
        Philox.Uniform(2, 1, values);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
