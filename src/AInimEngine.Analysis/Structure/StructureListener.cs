using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Structure;

/// <summary>
/// Boils the shared spectra down to what sections, build-ups and drops are found from: one row every 85 ms, 18 MB for
/// three hours.
/// </summary>
internal sealed class StructureListener : ISpectrumListener
{
    private const int Step = 2;
    private const float Nothing = 1e-6f; // -120 dBFS

    private static readonly double[] s_edges = MelEdges();

    private readonly BandMap _mel = new(s_edges), _wide = new([BandEdges.Lowest, 150, 2500, BandEdges.Highest]);
    private readonly float[] _sum = new float[StereoSpectrum.Bins];
    private readonly float[] _bands = new float[StructureFeatures.MelBands], _levels = new float[StructureFeatures.MelBands];
    private readonly List<float> _rows = [];
    private int _heard;
    private float _flux;

    /// <inheritdoc/>
    public void Hear(long hop, ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude)
    {
        if (hop % Step == 0)
            Add(power);
        if (hop % PitchGrid.HopsPerCell == PitchGrid.HopsPerCell - 1)
            EndCell();
    }

    /// <summary>What was heard.</summary>
    internal StructureFeatures Complete()
    {
        if (_heard > 0)
            EndCell();
        return new StructureFeatures([.. _rows]);
    }

    private void Add(ReadOnlySpan<float> power)
    {
        for (int i = 0; i < _sum.Length; i++)
            _sum[i] += power[i];
        _mel.Rms(power, _bands);
        float rise = 0;
        for (int i = 0; i < _bands.Length; i++)
        {
            float level = MathF.Log10(1 + 1000 * _bands[i]);
            rise += Math.Max(0, level - _levels[i]);
            _levels[i] = level;
        }
        _flux += rise / _bands.Length;
        _heard++;
    }

    private void EndCell()
    {
        float scale = 1f / _heard;
        for (int i = 0; i < _sum.Length; i++)
            _sum[i] *= scale;
        _mel.Rms(_sum, _bands);
        foreach (float band in _bands)
            _rows.Add(20 * MathF.Log10(band + Nothing));
        Span<float> wide = stackalloc float[3];
        _wide.Rms(_sum, wide);
        _rows.Add(wide[0]);
        _rows.Add(wide[1]);
        _rows.Add(wide[2]);
        _rows.Add(_flux * scale);
        Array.Clear(_sum);
        _heard = 0;
        _flux = 0;
    }

    /// <summary>Bands of equal width on the mel scale (2595 lg(1 + f / 700)) between 40 Hz and 14 kHz, never narrower than a bin.</summary>
    private static double[] MelEdges()
    {
        static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);
        static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
        var edges = new double[StructureFeatures.MelBands + 1];
        for (int i = 0; i < edges.Length; i++)
            edges[i] = Hertz(Mel(40) + (Mel(14000) - Mel(40)) * i / StructureFeatures.MelBands);
        return edges;
    }
}
