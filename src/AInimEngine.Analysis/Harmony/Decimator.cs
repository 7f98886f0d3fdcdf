using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Harmony;

/// <summary>
/// One channel of 48 kHz sound at an eighth of its rate: a windowed-sinc low-pass (Kaiser, beta 8) flat to 2.1 kHz and
/// 80 dB down where the fold reaches below that, computed only where a sample is kept.
/// </summary>
internal sealed class Decimator
{
    /// <summary>Samples in per sample out.</summary>
    internal const int Factor = 8;

    /// <summary>Samples out by which the output lags the input, to the nearest.</summary>
    internal const int Delay = Taps / 2 / Factor;

    private const int Taps = 160;
    private const double Cutoff = 3000;

    private static readonly float[] s_taps = Design();

    private readonly float[] _input = new float[Taps - Factor + PitchGrid.CellSize];

    /// <summary>Takes a cell of samples and writes an eighth as many.</summary>
    internal void Process(ReadOnlySpan<float> samples, Span<float> decimated)
    {
        samples.CopyTo(_input.AsSpan(Taps - Factor));
        for (int i = 0; i < decimated.Length; i++)
            decimated[i] = VectorMath.Dot(_input.AsSpan(i * Factor, Taps), s_taps);
        _input.AsSpan(PitchGrid.CellSize).CopyTo(_input);
    }

    private static float[] Design()
    {
        var taps = new double[Taps];
        double sum = 0;
        for (int i = 0; i < Taps; i++)
        {
            double x = i - (Taps - 1) / 2.0, angle = 2 * Math.PI * Cutoff / Hop.SampleRate * x;
            double edge = 2 * x / (Taps - 1);
            taps[i] = Math.Sin(angle) / angle * Bessel(8 * Math.Sqrt(1 - edge * edge));
            sum += taps[i];
        }
        return [.. taps.Select(t => (float)(t / sum))];
    }

    /// <summary>Modified Bessel function of order 0, by its power series.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; k < 40; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
