using AInimEngine.Core.Randomness;

namespace AInimEngine.DemoTrack.Synthesis;

/// <summary>White noise in [-1, 1): a xorshift generator (Marsaglia 2003) that Philox seeds.</summary>
/// <param name="stream">Each voice has its own.</param>
public struct Noise(ulong stream)
{
    private ulong _state = Philox.Hash(Seed, stream, 0) | 1;

    /// <summary>The track's own seed.</summary>
    public const ulong Seed = 0xA1117;

    /// <summary>The next value.</summary>
    public double Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (long)_state * (1.0 / 9223372036854775808.0);
    }
}
