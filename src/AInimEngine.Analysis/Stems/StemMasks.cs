namespace AInimEngine.Analysis.Stems;

/// <summary>
/// The share of each bin that belongs to each stem. Median filters tell what is held from what is struck (D. FitzGerald,
/// "Harmonic/percussive separation using median filtering", DAFx 2010: 0.66 s and 363 Hz, soft masks of power 2); what is
/// held is divided by frequency, and by how alike both channels are in the bin (after C. Avendano, "Frequency-domain source
/// identification and manipulation in stereo mixes", WASPAA 2003).
/// </summary>
internal sealed class StemMasks
{
    /// <summary>Bins with a mask: 0 Hz to the Nyquist frequency, in whole vectors.</summary>
    internal const int Width = Fft4096.Size / 2 + 8;

    /// <summary>Frames after a frame that its masks need.</summary>
    internal const int LookAhead = MedianOf31.Count / 2;

    private const int Bins = Fft4096.Size / 2 + 1, Pad = 16, Stride = Pad + Width + Pad, Frames = MedianOf31.Count;
    private const double BinHertz = (double)Hop.SampleRate / Fft4096.Size;

    /// <summary>Likeness of the channels, -1..1, from which a bin begins to be in the middle, and from which it is.</summary>
    private const float BeginsMiddle = 0.7f, IsMiddle = 0.95f;

    private static readonly float[] s_bass = Band(0, 0, 160, 200), s_lead = Band(180, 220, 5500, 6500);

    // Each frame is written twice, 31 frames apart, so that the newest 31 always lie in order.
    private readonly float[] _magnitude = new float[2 * Frames * Stride];
    private readonly float[] _cross = new float[Frames * Width], _power = new float[Frames * Width];
    private readonly float[] _held = new float[Width], _struck = new float[Width];
    private readonly MedianOf31 _median = new();
    private int _newest = -1;

    /// <summary>Share that is struck.</summary>
    internal float[] Percussive { get; } = new float[Width];

    /// <summary>Share that is bass.</summary>
    internal float[] Bass { get; } = new float[Width];

    /// <summary>Share that is lead.</summary>
    internal float[] Lead { get; } = new float[Width];

    /// <summary>Takes the next spectrum of left + i right, then holds the masks of the one <see cref="LookAhead"/> frames before.</summary>
    internal void Push(ReadOnlySpan<float> re, ReadOnlySpan<float> im)
    {
        _newest = (_newest + 1) % Frames;
        Measure(re, im);
        int oldest = (_newest + 1) % Frames * Stride;
        _median.Of(_magnitude, oldest + Pad, Stride, _held);
        _median.Of(_magnitude, oldest + LookAhead * Stride + Pad - LookAhead, 1, _struck);
        int centre = (_newest + 1 + LookAhead) % Frames;
        for (int k = 0; k < Bins; k++)
        {
            float held = _held[k] * _held[k], struck = _struck[k] * _struck[k];
            float percussive = held + struck > 1e-20f ? struck / (held + struck) : 0;
            float left = 1 - percussive;
            Percussive[k] = percussive;
            Bass[k] = left * s_bass[k];
            Lead[k] = s_lead[k] == 0 ? 0 : (left - Bass[k]) * s_lead[k] * Middle(centre, k);
        }
    }

    private void Measure(ReadOnlySpan<float> re, ReadOnlySpan<float> im)
    {
        Span<float> row = _magnitude.AsSpan(_newest * Stride, Stride);
        Span<float> cross = _cross.AsSpan(_newest * Width, Width), power = _power.AsSpan(_newest * Width, Width);
        for (int k = 0; k < Bins; k++)
        {
            // With z = L + i R: |z[k]|^2 + |z[-k]|^2 = 2 (|L|^2 + |R|^2), Im(z[k] z[-k]) = 2 Re(L R*).
            int mirror = (Fft4096.Size - k) % Fft4096.Size;
            float both = re[k] * re[k] + im[k] * im[k] + re[mirror] * re[mirror] + im[mirror] * im[mirror];
            row[Pad + k] = MathF.Sqrt(both);
            power[k] = both;
            cross[k] = 2 * (re[k] * im[mirror] + im[k] * re[mirror]);
        }
        for (int i = 1; i <= Pad; i++)
            row[Pad - i] = row[Pad + i];
        for (int i = Pad + Bins; i < Stride; i++)
            row[i] = row[2 * (Pad + Bins - 1) - i];
        row.CopyTo(_magnitude.AsSpan((_newest + Frames) * Stride));
    }

    /// <summary>How much of a bin and its neighbours, in three frames, is the same in both channels, 0..1.</summary>
    private float Middle(int frame, int k)
    {
        float cross = 0, power = 0;
        for (int d = Frames - 1; d <= Frames + 1; d++)
        {
            int at = (frame + d) % Frames * Width + k;
            cross += _cross[at - 1] + 2 * _cross[at] + _cross[at + 1];
            power += _power[at - 1] + 2 * _power[at] + _power[at + 1];
        }
        return power < 1e-18f ? 0 : Math.Clamp((cross / power - BeginsMiddle) / (IsMiddle - BeginsMiddle), 0, 1);
    }

    /// <summary>0 below, 1 between, half a cosine where the edges are.</summary>
    private static float[] Band(double from, double full, double until, double end)
    {
        var band = new float[Width];
        for (int k = 0; k < Bins; k++)
        {
            double hertz = k * BinHertz;
            double rise = full > from ? Math.Clamp((hertz - from) / (full - from), 0, 1) : 1;
            double fall = Math.Clamp((end - hertz) / (end - until), 0, 1);
            band[k] = (float)(0.25 * (1 - Math.Cos(Math.PI * rise)) * (1 - Math.Cos(Math.PI * fall)));
        }
        return band;
    }
}
