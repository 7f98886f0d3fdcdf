namespace AInimEngine.DemoTrack.Synthesis;

/// <summary>
/// State-variable filter with trapezoidal integration (Simper 2013, "Solving the continuous SVF equations"), 12 dB an
/// octave, stable while its cutoff moves.
/// </summary>
public struct Svf
{
    private double _ic1, _ic2, _a1, _a2, _a3, _k;

    /// <summary>Band-pass output, unit gain at the cutoff.</summary>
    public double Band { get; private set; }

    /// <summary>High-pass output.</summary>
    public double High { get; private set; }

    /// <summary>Low-pass output.</summary>
    public double Low { get; private set; }

    /// <summary>Sets cutoff and resonance.</summary>
    /// <param name="cutoff">Hz, clamped below 0.45 of the rate.</param>
    /// <param name="q">0.5 and more; 0.707 is flat.</param>
    public void Set(double cutoff, double q)
    {
        double g = Maths.TanPi(Math.Clamp(cutoff / Song.SampleRate, 0.0001, 0.45));
        _k = 1 / q;
        _a1 = 1 / (1 + g * (g + _k));
        _a2 = g * _a1;
        _a3 = g * _a2;
    }

    /// <summary>Takes one sample and sets the outputs.</summary>
    public void Process(double input)
    {
        double v3 = input - _ic2;
        double v1 = _a1 * _ic1 + _a2 * v3;
        double v2 = _ic2 + _a2 * _ic1 + _a3 * v3;
        _ic1 = 2 * v1 - _ic1;
        _ic2 = 2 * v2 - _ic2;
        Low = v2;
        Band = v1 * _k;
        High = input - _k * v1 - v2;
    }
}
