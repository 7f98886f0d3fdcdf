using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Stems;

/// <summary>Complex Fourier transform of 4096 points, forward, unscaled, as two of 2048 and one pass of twiddles. No allocation per call.</summary>
internal sealed class Fft4096
{
    internal const int Size = 4096;
    private const int Half = Size / 2;

    private static readonly float[] s_cos = Twiddles(Math.Cos), s_sin = Twiddles(Math.Sin);

    private readonly Fft _fft = new(Half);
    private readonly float[] _evenRe = new float[Half], _evenIm = new float[Half], _oddRe = new float[Half], _oddIm = new float[Half];

    /// <summary>Transforms in place; with the two parts exchanged it is the inverse times 4096.</summary>
    internal void Forward(Span<float> re, Span<float> im)
    {
        for (int i = 0; i < Half; i++)
        {
            (_evenRe[i], _evenIm[i]) = (re[2 * i], im[2 * i]);
            (_oddRe[i], _oddIm[i]) = (re[2 * i + 1], im[2 * i + 1]);
        }
        _fft.Forward(_evenRe, _evenIm);
        _fft.Forward(_oddRe, _oddIm);
        Span<float> lowRe = re[..Half], highRe = re[Half..], lowIm = im[..Half], highIm = im[Half..];
        for (int k = 0; k < Half; k++)
        {
            float r = _oddRe[k] * s_cos[k] - _oddIm[k] * s_sin[k], i = _oddRe[k] * s_sin[k] + _oddIm[k] * s_cos[k];
            (lowRe[k], lowIm[k]) = (_evenRe[k] + r, _evenIm[k] + i);
            (highRe[k], highIm[k]) = (_evenRe[k] - r, _evenIm[k] - i);
        }
    }

    private static float[] Twiddles(Func<double, double> part) => [.. Enumerable.Range(0, Half).Select(k => (float)part(-2 * Math.PI * k / Size))];
}
