using FsCheck;
using FsCheck.Fluent;

namespace AInimEngine.Core.Tests;

/// <summary>Values that rates, positions and factors take, with the awkward ones made likely.</summary>
internal static class Generate
{
    public static readonly Gen<long> Numerators = Gen.OneOf(
        Gen.Elements(0L, 1, -1, 24000, 30000, 60000, 48000, 44100),
        Range(-1_000_000_000, 1_000_000_000));

    public static readonly Gen<long> Denominators = Gen.OneOf(Gen.Elements(1L, 2, 1000, 1001, 48000, 44100), Range(1, 1_000_000_000));

    public static readonly Gen<long> Factors = Gen.OneOf(Gen.Elements(0L, 1, -1), Range(-2_000_000_000, 2_000_000_000));

    /// <summary>Sample positions up to some 11 hours at 48 kHz.</summary>
    public static readonly Gen<long> Samples = Gen.OneOf(Gen.Elements(0L, 1, 1600, 1601, 1602, 47999, 48000), Range(0, 2_000_000_000));

    public static readonly Gen<long> Frames = Gen.OneOf(Gen.Elements(0L, 1, 29, 30, 1000, 1001), Range(0, 2_000_000));

    private static Gen<long> Range(int low, int high) => Gen.Choose(low, high).Select(value => (long)value);
}
