using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// Counts of loudness from -70 to 50 LUFS: gated means and percentiles of a programme of any length in the same memory.
/// Quieter values are not counted; louder ones count at the top.
/// </summary>
internal sealed class LoudnessHistogram : IStateful
{
    private const double Top = 50;
    private readonly double _perUnit;
    private readonly int[] _counts;
    private readonly double[] _power;
    private int _highest = -1;

    /// <param name="perUnit">Steps a loudness unit: what the answers are good to.</param>
    internal LoudnessHistogram(int perUnit)
    {
        _perUnit = perUnit;
        _counts = new int[(int)((Top - Lufs.Floor) * perUnit)];
        _power = [.. Enumerable.Range(0, _counts.Length).Select(i => Lufs.Power(Lufs.Floor + (i + 0.5) / perUnit))];
    }

    /// <summary>Counts a block.</summary>
    internal void Add(double lufs)
    {
        if (!(lufs > Lufs.Floor))
            return;
        int bin = (int)Math.Min((lufs - Lufs.Floor) * _perUnit, _counts.Length - 1);
        _counts[bin]++;
        _highest = Math.Max(_highest, bin);
    }

    /// <summary>
    /// Loudness of what lies above the absolute gate and above the gate relative to its own mean (BS.1770-5, Annex 1,
    /// eq. 4 to 7); -70 when nothing does.
    /// </summary>
    internal double Gated()
    {
        double ungated = Mean(0);
        return ungated <= 0 ? Lufs.Floor : Lufs.Of(Mean(BinAt(Lufs.Of(ungated) + Lufs.RelativeGate)));
    }

    /// <summary>Difference of the 95th and 10th percentile above a gate 20 LU below the mean (EBU Tech 3342, section 3); 0 when empty.</summary>
    internal double Range()
    {
        double ungated = Mean(0);
        if (ungated <= 0)
            return 0;
        int gate = BinAt(Lufs.Of(ungated) - 20);
        long total = 0;
        for (int i = gate; i <= _highest; i++)
            total += _counts[i];
        return Percentile(gate, total, 0.95) - Percentile(gate, total, 0.10);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_counts);
        _highest = -1;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.loudness.counts", 1);
        writer.Write<int>(_counts);
        writer.Write(_highest);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.loudness.counts", 1);
        reader.Read<int>(_counts);
        _highest = reader.Read<int>();
    }

    private int BinAt(double lufs) => (int)Math.Clamp(Math.Ceiling((lufs - Lufs.Floor) * _perUnit - 0.5), 0, _counts.Length);

    private double Mean(int from)
    {
        double sum = 0;
        long count = 0;
        for (int i = from; i <= _highest; i++)
        {
            sum += _counts[i] * _power[i];
            count += _counts[i];
        }
        return count > 0 ? sum / count : 0;
    }

    private double Percentile(int from, long total, double share)
    {
        long wanted = (long)Math.Round(share * (total - 1)) + 1;
        int bin = from;
        for (long below = 0; bin <= _highest && (below += _counts[bin]) < wanted; bin++)
        {
        }
        return Lufs.Floor + (bin + 0.5) / _perUnit;
    }
}
