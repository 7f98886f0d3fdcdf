using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// Loudness of ITU-R BS.1770-5 at the end of each hop, in LUFS, not below -70: of the last 400 ms (exactly 75 hops), of
/// the last 3 s (563 hops), and of all so far, gated, with blocks at the hops that end 100 ms or a little more after the
/// last. It trails on purpose: centred, it would rise before a drop is heard.
/// </summary>
internal sealed class ProgrammeLoudness : IStateful
{
    private const int MomentaryHops = 75, ShortHops = 563;

    /// <summary>Blocks are 100 ms apart, 18.75 hops.</summary>
    private const int QuarterHopsPerBlock = 75;

    private readonly double[] _energy = new double[ShortHops];
    private readonly LoudnessHistogram _blocks = new(10);
    private long _hops;
    private float _integrated = Lufs.Floor;

    /// <summary>Takes the K-weighted energy of a hop (both channels, summed).</summary>
    internal void Add(double energy, out float momentary, out float shortTerm, out float integrated)
    {
        _energy[(int)(_hops++ % ShortHops)] = energy;

        // Summed afresh: a running sum would drift, and would depend on what came before the window.
        momentary = Loudness(MomentaryHops);
        shortTerm = Loudness(ShortHops);
        if (_hops >= MomentaryHops && _hops * 4 % QuarterHopsPerBlock < 4)
        {
            _blocks.Add(momentary);
            _integrated = (float)_blocks.Gated();
        }
        integrated = _integrated;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_energy);
        _blocks.Reset();
        _hops = 0;
        _integrated = Lufs.Floor;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.loudness", 1);
        writer.Write<double>(_energy);
        writer.Write(_hops);
        writer.Write(_integrated);
        _blocks.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.loudness", 1);
        reader.Read<double>(_energy);
        _hops = reader.Read<long>();
        _integrated = reader.Read<float>();
        _blocks.Restore(reader);
    }

    private float Loudness(int hops)
    {
        int end = (int)(_hops % ShortHops), first = end - hops;
        double sum = first >= 0 ? Sum(first, end) : Sum(first + ShortHops, ShortHops) + Sum(0, end);
        return (float)Lufs.Of(sum / ((double)hops * Hop.Size));
    }

    private double Sum(int from, int to)
    {
        double sum = 0;
        for (int i = from; i < to; i++)
            sum += _energy[i];
        return sum;
    }
}
