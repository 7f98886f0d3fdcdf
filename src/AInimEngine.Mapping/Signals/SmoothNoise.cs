using AInimEngine.Core.Randomness;

namespace AInimEngine.Mapping.Signals;

/// <summary>A seeded wander between uniform random values, with a continuous slope. A pure function of its arguments.</summary>
internal static class SmoothNoise
{
    /// <summary>The value at a phase, 0..1; a new random value is met at every whole number.</summary>
    public static float At(ulong seed, ulong stream, double phase)
    {
        double whole = Math.Floor(phase), t = phase - whole;
        float from = Philox.Uniform(seed, stream, (ulong)(long)whole), to = Philox.Uniform(seed, stream, (ulong)(long)(whole + 1));
        return from + (to - from) * (float)(t * t * (3 - 2 * t));
    }
}
