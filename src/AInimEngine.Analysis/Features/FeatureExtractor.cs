using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>
/// Sound in, one raw feature frame per hop of 256 samples out. The features are the same bits however the sound is cut
/// into blocks. Not thread-safe; allocates nothing once it has seen its largest block.
/// </summary>
/// <remarks>
/// Write a block, then read until there is nothing more: work is done while reading. Fills the raw half of
/// <see cref="FeatureTable.Layout"/>; <see cref="FeatureFrame.FirstSample"/> says which samples the hop is.
/// </remarks>
public sealed class FeatureExtractor : IStateful
{
    private readonly SampleFifo _fifo = new();
    private readonly HopAnalyzer _analyzer;
    private long _hops, _total = long.MaxValue;

    /// <summary>Makes the stage at the start of a track.</summary>
    /// <param name="bands">Bands that the preset asks for; none when null.</param>
    public FeatureExtractor(FreeBands? bands = null) => _analyzer = new HopAnalyzer(bands ?? FreeBands.None, null);

    /// <summary>Samples of sound beyond a hop's end that are needed before it can be read.</summary>
    public static int Latency => HopAnalyzer.Latency;

    /// <summary>Position of the next sample to be analysed; after <see cref="Restore"/>, where the next block must begin.</summary>
    public long NextSample => _fifo.Position;

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    /// <exception cref="ArgumentException">Another rate, other channels, a gap, or after <see cref="Flush"/>.</exception>
    public void Write(in AudioBlock block)
    {
        if (_total != long.MaxValue)
            throw new ArgumentException("the track has ended: Reset before writing more", nameof(block));
        _fifo.Write(block);
    }

    /// <summary>The track ends here: the rest can be read, up to the hop that holds the last sample.</summary>
    public void Flush()
    {
        if (_total == long.MaxValue)
            _total = (_fifo.Position + _fifo.Waiting + Hop.Size - 1) / Hop.Size;
    }

    /// <summary>Reads the next hop, if it is ready.</summary>
    public bool TryRead(FeatureFrame hop)
    {
        if (_hops >= _total)
            return false;
        while (true)
        {
            if (_total != long.MaxValue && _fifo.Waiting < Hop.Half)
                _fifo.WriteSilence(Hop.Half - _fifo.Waiting);
            if (!_fifo.TryTake(Hop.Half, out ReadOnlySpan<float> samples))
                return false;
            if (!_analyzer.Push(samples, hop))
                continue;
            _hops++;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fifo.Restart(0);
        _analyzer.Reset();
        (_hops, _total) = (0, long.MaxValue);
    }

    /// <summary>Writes the state after the last hop read. Sound that waits is not part of it: write it again from <see cref="NextSample"/>.</summary>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.extractor", 1);
        writer.Write(_fifo.Position);
        writer.Write(_hops);
        _analyzer.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.extractor", 1);
        _fifo.Restart(reader.Read<long>());
        _hops = reader.Read<long>();
        _total = long.MaxValue;
        _analyzer.Restore(reader);
    }
}
