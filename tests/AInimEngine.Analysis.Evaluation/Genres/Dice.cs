using AInimEngine.Core.Randomness;

namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>Random choices that a seed and a stream repeat on every machine.</summary>
/// <param name="seed">Names the whole corpus.</param>
/// <param name="stream">Names one use within it.</param>
public sealed class Dice(ulong seed, ulong stream)
{
    private ulong _index;

    /// <summary>A number in [0, 1).</summary>
    public double Next() => Philox.Uniform(seed, stream, _index++);

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Between(double low, double high) => low + (high - low) * Next();

    /// <summary>A whole number in [0, <paramref name="count"/>).</summary>
    public int Below(int count) => Math.Min(count - 1, (int)(Next() * count));

    /// <summary>True in this share of the throws.</summary>
    public bool Chance(double share) => Next() < share;

    /// <summary>One of the values.</summary>
    public T Pick<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>A standard normal number, held within three deviations.</summary>
    public double Normal()
    {
        double u = Math.Max(Next(), 1e-9), v = Next();
        return Math.Clamp(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v), -3, 3);
    }

    /// <summary>Dice whose throws do not depend on how often these were thrown.</summary>
    public Dice Fork(ulong name) => new(Philox.Hash(seed, stream, name), name);
}
