using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// Loudness of a programme by ITU-R BS.1770-5 and EBU Tech 3341 and 3342, on its own channels and at its own rate:
/// momentary, short-term, integrated, range, true peak. The same memory however long it is; allocates nothing per block;
/// the answer does not depend on how the sound was cut into blocks. Not thread-safe.
/// </summary>
/// <remarks>
/// Blocks of 100 ms (rounded to a sample); momentary is the last four, short-term the last thirty, both seen each 100 ms;
/// integrated gates the momentary ones, the range the short-term ones. Samples that are not finite count as 0.
/// </remarks>
public sealed class LoudnessMeter
{
    private const int MomentaryBlocks = 4, ShortBlocks = 30;

    private readonly int _sampleRate, _channels, _blockLength;
    private readonly double[] _weights;
    private readonly KFilter[] _filters;
    private readonly TruePeak[] _peaks;
    private readonly double[] _energy = new double[ShortBlocks];
    private readonly LoudnessHistogram _momentary = new(100), _shortTerm = new(100);
    private readonly float[] _clean;
    private double _momentaryMax = Lufs.Floor, _shortTermMax = Lufs.Floor;
    private long _blocks;
    private int _filled;

    /// <summary>Makes a meter at the start of a programme.</summary>
    /// <param name="sampleRate">Hz, 4000 to 768000.</param>
    /// <param name="channels">1 to 8.</param>
    /// <param name="layout">As ffmpeg names it ("5.1(side)"); what is empty or unknown is taken for the usual one of so many channels.</param>
    public LoudnessMeter(int sampleRate, int channels, string layout = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 4000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, 768000);
        _weights = ChannelWeights.Of(channels, layout);
        (_sampleRate, _channels) = (sampleRate, channels);
        _blockLength = (sampleRate + 5) / 10;
        _filters = new KFilter[channels];
        _peaks = new TruePeak[channels];
        for (int i = 0; i < channels; i++)
            (_filters[i], _peaks[i]) = (new KFilter(sampleRate), new TruePeak());
        _clean = new float[1024 * channels];
    }

    /// <summary>Loudness of the last 400 ms, LUFS; -70 before there are as many.</summary>
    public double Momentary { get; private set; } = Lufs.Floor;

    /// <summary>Loudness of the last 3 s, LUFS; -70 before there are as many.</summary>
    public double ShortTerm { get; private set; } = Lufs.Floor;

    /// <summary>Takes in the next sound.</summary>
    /// <exception cref="ArgumentException">Another rate or other channels.</exception>
    public void Write(in AudioBlock block)
    {
        if (block.SampleRate != _sampleRate || block.Channels != _channels)
            throw new ArgumentException($"the meter takes {_sampleRate} Hz with {_channels} channels, not {block.SampleRate} Hz with {block.Channels}", nameof(block));
        ReadOnlySpan<float> samples = block.Samples[..(block.Length * _channels)];
        while (samples.Length > 0)
        {
            int count = Math.Min(Math.Min(samples.Length, _clean.Length), (_blockLength - _filled) * _channels);
            Hear(samples[..count]);
            samples = samples[count..];
        }
    }

    /// <summary>What was measured so far; a programme of less than 400 ms has a true peak only.</summary>
    public LoudnessReport Report()
    {
        float peak = 0;
        foreach (TruePeak channel in _peaks)
            peak = Math.Max(peak, channel.Peak);
        return new LoudnessReport(_momentary.Gated(), _momentaryMax, _shortTermMax, _shortTerm.Range(), 20 * Math.Log10(Math.Max(peak, 1e-10)));
    }

    private void Hear(ReadOnlySpan<float> samples)
    {
        Span<float> clean = _clean.AsSpan(0, samples.Length);
        for (int i = 0; i < samples.Length; i++)
            clean[i] = float.IsFinite(samples[i]) ? Math.Clamp(samples[i], -256, 256) : 0;
        for (int channel = 0; channel < _channels; channel++)
        {
            if (_weights[channel] > 0)
                _filters[channel].Hear(clean, channel, _channels);
            _peaks[channel].Hear(clean, channel, _channels);
        }
        _filled += samples.Length / _channels;
        if (_filled == _blockLength)
            EndBlock();
    }

    private void EndBlock()
    {
        double sum = 0;
        for (int channel = 0; channel < _channels; channel++)
        {
            sum += _weights[channel] * _filters[channel].Energy;
            _filters[channel].Energy = 0;
        }
        _energy[(int)(_blocks++ % ShortBlocks)] = sum / _blockLength;
        _filled = 0;
        if (_blocks >= MomentaryBlocks)
        {
            Momentary = Mean(MomentaryBlocks);
            _momentaryMax = Math.Max(_momentaryMax, Momentary);
            _momentary.Add(Momentary);
        }
        if (_blocks >= ShortBlocks)
        {
            ShortTerm = Mean(ShortBlocks);
            _shortTermMax = Math.Max(_shortTermMax, ShortTerm);
            _shortTerm.Add(ShortTerm);
        }
    }

    private double Mean(int blocks)
    {
        double sum = 0;
        for (int i = 1; i <= blocks; i++)
            sum += _energy[(int)((_blocks - i) % ShortBlocks)];
        return Lufs.Of(sum / blocks);
    }
}
