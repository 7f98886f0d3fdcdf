using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// Momentary loudness of ITU-R BS.1770-5: K-weighted mean square of the last 400 ms (exactly 75 hops), in LUFS, not
/// below <see cref="Floor"/>. It trails on purpose: centred, it would rise 200 ms before a drop is heard.
/// </summary>
internal sealed class MomentaryLoudness : IStateful
{
    /// <summary>The absolute gate of BS.1770: nothing quieter counts as programme.</summary>
    internal const float Floor = -70;

    private const int Hops = 75;
    private readonly double[] _energy = new double[Hops];
    private int _next;

    /// <summary>Takes the K-weighted energy of a hop (both channels, summed) and returns the loudness at its end.</summary>
    internal float Add(double energy)
    {
        _energy[_next] = energy;
        _next = (_next + 1) % Hops;

        // Summed afresh: a running sum would drift, and would depend on what came before the window.
        double sum = 0;
        for (int i = 0; i < Hops; i++)
            sum += _energy[(_next + i) % Hops];
        return Lufs(sum / (Hops * Hop.Size));
    }

    /// <summary>Loudness of a K-weighted mean square summed over the channels.</summary>
    internal static float Lufs(double meanSquare) =>
        meanSquare <= 1e-8 ? Floor : Math.Max(Floor, (float)(-0.691 + 10 * Math.Log10(meanSquare)));

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_energy);
        _next = 0;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.momentary", 1);
        writer.Write<double>(_energy);
        writer.Write(_next);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.momentary", 1);
        reader.Read<double>(_energy);
        _next = reader.Read<int>();
    }
}
