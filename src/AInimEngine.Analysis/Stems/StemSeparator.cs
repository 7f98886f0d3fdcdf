using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Stems;

/// <summary>
/// Takes a mix apart into four stems whose sum is the mix to the rounding of a float. Sound in, stems out 410 ms of sound
/// later, in bounded memory (4 MB) and the same bits every time; for files, not for live. A stem is a filtered
/// mix, good enough to drive pictures; stems that the artist gives are better.
/// </summary>
/// <remarks>
/// Short-time transforms of 4096 points (85 ms) under Hann windows a quarter apart; three stems are masked and transformed
/// back, the rest is the mix less those.
/// </remarks>
public sealed class StemSeparator
{
    /// <summary>Samples per channel from one transform to the next.</summary>
    internal const int HopSize = Fft4096.Size / 4;

    private const int Window = Fft4096.Size, Masked = 3;

    /// <summary>Hops between the newest sound and what is finished.</summary>
    private const int Delay = StemMasks.LookAhead + 3;

    private static readonly float[] s_window = [.. Enumerable.Range(0, Window).Select(i => (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * i / Window)))];

    private readonly SampleFifo _fifo = new();
    private readonly Fft4096 _fft = new();
    private readonly StemMasks _masks = new();
    private readonly float[] _left = new float[Window], _right = new float[Window];
    private readonly float[] _re = new float[Window], _im = new float[Window];
    private readonly float[][] _spectra = [.. Enumerable.Range(0, StemMasks.LookAhead + 1).Select(_ => new float[2 * Window])];
    private readonly float[][] _sums = [.. Enumerable.Range(0, Masked).Select(_ => new float[2 * Window])];
    private readonly float[] _mix = new float[(Delay + 1) * HopSize * Hop.Channels];
    private long _frames, _written, _read, _total = long.MaxValue;

    /// <summary>Takes in 48 kHz stereo sound that follows the last block; samples that are not finite count as 0.</summary>
    /// <exception cref="ArgumentException">Another rate, other channels, a gap, or after <see cref="Complete"/>.</exception>
    public void Write(in AudioBlock block)
    {
        if (_total != long.MaxValue)
            throw new ArgumentException("the track has ended: make another separator", nameof(block));
        _fifo.Write(block);
        _written += block.Length;
    }

    /// <summary>The track ends here: what is left can be read.</summary>
    public void Complete() => _total = _written;

    /// <summary>Reads the next run of stems, if it is ready. Read until false after every write.</summary>
    public bool TryRead(StemBlock block)
    {
        while (_read < _total)
        {
            if (_total != long.MaxValue && _fifo.Waiting < HopSize)
                _fifo.WriteSilence(HopSize - _fifo.Waiting);
            if (!_fifo.TryTake(HopSize, out ReadOnlySpan<float> stereo))
                return false;
            Hear(stereo);
            if (_frames++ < Delay)
                continue;
            Give(block);
            return true;
        }
        return false;
    }

    private void Hear(ReadOnlySpan<float> stereo)
    {
        stereo.CopyTo(_mix.AsSpan((int)(_frames % (Delay + 1)) * stereo.Length));
        _left.AsSpan(HopSize).CopyTo(_left);
        _right.AsSpan(HopSize).CopyTo(_right);
        for (int i = 0; i < HopSize; i++)
            (_left[Window - HopSize + i], _right[Window - HopSize + i]) = (stereo[2 * i], stereo[2 * i + 1]);
        float[] spectrum = _spectra[_frames % _spectra.Length];
        Span<float> re = spectrum.AsSpan(0, Window), im = spectrum.AsSpan(Window);
        for (int i = 0; i < Window; i++)
            (re[i], im[i]) = (_left[i] * s_window[i], _right[i] * s_window[i]);
        _fft.Forward(re, im);
        _masks.Push(re, im);
        float[] old = _spectra[(_frames + 1) % _spectra.Length];
        Add(old, _masks.Percussive, _sums[(int)StemKind.Percussive]);
        Add(old, _masks.Bass, _sums[(int)StemKind.Bass]);
        Add(old, _masks.Lead, _sums[(int)StemKind.Lead]);
    }

    /// <summary>Overlaps and adds what the mask leaves of a spectrum.</summary>
    private void Add(float[] spectrum, float[] mask, float[] sums)
    {
        // Hann twice, a quarter apart, sums to 1.5; the transform multiplies by its size.
        const float Scale = (float)(1 / (1.5 * Window));
        _re[0] = spectrum[0] * mask[0];
        _im[0] = spectrum[Window] * mask[0];
        for (int k = 1; k <= Window / 2; k++)
        {
            float share = mask[k];
            int mirror = Window - k;
            (_re[k], _im[k]) = (spectrum[k] * share, spectrum[Window + k] * share);
            (_re[mirror], _im[mirror]) = (spectrum[mirror] * share, spectrum[Window + mirror] * share);
        }
        _fft.Forward(_im, _re);
        sums.AsSpan(HopSize * Hop.Channels).CopyTo(sums);
        sums.AsSpan((Window - HopSize) * Hop.Channels).Clear();
        for (int i = 0; i < Window; i++)
        {
            sums[2 * i] += _re[i] * s_window[i] * Scale;
            sums[2 * i + 1] += _im[i] * s_window[i] * Scale;
        }
    }

    private void Give(StemBlock block)
    {
        block.FirstSample = _read;
        block.Length = (int)Math.Min(HopSize, _total - _read);
        int length = block.Length * Hop.Channels;
        Span<float> rest = block.Room(StemKind.Rest);
        _mix.AsSpan((int)(_frames % (Delay + 1)) * HopSize * Hop.Channels, length).CopyTo(rest);
        for (int stem = 0; stem < Masked; stem++)
        {
            Span<float> room = block.Room((StemKind)stem);
            _sums[stem].AsSpan(0, length).CopyTo(room);
            for (int i = 0; i < length; i++)
                rest[i] -= room[i];
        }
        _read += block.Length;
    }
}
