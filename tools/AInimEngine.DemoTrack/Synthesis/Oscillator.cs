namespace AInimEngine.DemoTrack.Synthesis;

/// <summary>Saw and pulse with rounded corners (polyBLEP, Valimaki and Huovilainen 2007), so that they do not alias.</summary>
/// <param name="phase">Turns at the start.</param>
public struct Oscillator(double phase)
{
    private double _phase = phase - Math.Floor(phase);

    /// <summary>A falling saw in [-1, 1].</summary>
    /// <param name="step">Frequency over rate.</param>
    public double Saw(double step)
    {
        Advance(step);
        return 1 - 2 * _phase + Blep(_phase, step);
    }

    /// <summary>A square in [-1, 1].</summary>
    /// <param name="step">Frequency over rate.</param>
    public double Square(double step)
    {
        Advance(step);
        double half = _phase < 0.5 ? _phase + 0.5 : _phase - 0.5;
        return (_phase < 0.5 ? 1 : -1) + Blep(_phase, step) - Blep(half, step);
    }

    /// <summary>A sine in [-1, 1], its phase pushed by <paramref name="push"/> turns.</summary>
    public double Sine(double step, double push = 0)
    {
        Advance(step);
        return Maths.Sin(_phase + push);
    }

    private void Advance(double step)
    {
        _phase += step;
        _phase -= Math.Floor(_phase);
    }

    // What rounds a step of +2 at phase 0.
    private static double Blep(double phase, double step)
    {
        if (phase < step)
        {
            double t = phase / step;
            return 2 * t - t * t - 1;
        }
        if (phase > 1 - step)
        {
            double t = (phase - 1) / step;
            return t * t + 2 * t + 1;
        }
        return 0;
    }
}
