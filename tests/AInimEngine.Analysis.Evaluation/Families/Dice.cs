using AInimEngine.Core.Randomness;

namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>A row of random numbers that a seed fixes.</summary>
internal sealed class Dice(ulong seed, ulong stream = 0)
{
    private ulong _index;

    /// <summary>0 up to, not including, 1.</summary>
    internal double Uniform() => Philox.Hash(seed, stream, _index++) / 18446744073709551616.0;

    internal double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>0 up to, not including, <paramref name="count"/>.</summary>
    internal int Below(int count) => Math.Min(count - 1, (int)(Uniform() * count));

    internal T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    internal bool Chance(double probability) => Uniform() < probability;

    internal double Sign() => Chance(0.5) ? 1 : -1;

    /// <summary>Gaussian of mean 0 and deviation 1 (Box and Muller).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>As many draws per octave everywhere.</summary>
    internal double Tempo(double low, double high) => low * Math.Pow(high / low, Uniform());
}
