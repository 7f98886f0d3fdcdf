namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// The K filter of ITU-R BS.1770-5 for one channel at any sample rate: the analogue prototypes behind the recommendation's
/// 48 kHz coefficients, through the bilinear transform (shelf of 1681.97 Hz, +4.0 dB, Q 0.7072; high-pass of 38.14 Hz,
/// Q 0.5003; as given by Brecht De Man, "Evaluation of implementations of the EBU R128 loudness measurement", AES 2018).
/// </summary>
internal sealed class KFilter
{
    private const double Denormal = 1e-30;
    private readonly double _b0, _b1, _b2, _a1, _a2, _p1, _p2;
    private double _s1, _s2, _h1, _h2;

    /// <param name="sampleRate">Hz.</param>
    internal KFilter(int sampleRate)
    {
        const double ShelfHertz = 1681.974450955533, ShelfQ = 0.7071752369554196, ShelfDecibels = 3.999843853973347;
        double high = Math.Pow(10, ShelfDecibels / 20), middle = Math.Pow(high, 0.4996667741545416);
        double k = Math.Tan(Math.PI * Math.Min(ShelfHertz / sampleRate, 0.49));
        double norm = 1 + k / ShelfQ + k * k;
        _b0 = (high + middle * k / ShelfQ + k * k) / norm;
        _b1 = 2 * (k * k - high) / norm;
        _b2 = (high - middle * k / ShelfQ + k * k) / norm;
        _a1 = 2 * (k * k - 1) / norm;
        _a2 = (1 - k / ShelfQ + k * k) / norm;

        const double PassHertz = 38.13547087602444, PassQ = 0.5003270373238773;
        k = Math.Tan(Math.PI * PassHertz / sampleRate);
        norm = 1 + k / PassQ + k * k;
        _p1 = 2 * (k * k - 1) / norm;
        _p2 = (1 - k / PassQ + k * k) / norm;
    }

    /// <summary>Sum of squares since it was last set to 0. Kept here, so that it does not depend on how sound is cut.</summary>
    internal double Energy { get; set; }

    /// <summary>Filters one channel of interleaved sound.</summary>
    internal void Hear(ReadOnlySpan<float> interleaved, int channel, int channels)
    {
        double sum = Energy;
        (double s1, double s2, double h1, double h2) = (_s1, _s2, _h1, _h2);
        for (int i = channel; i < interleaved.Length; i += channels)
        {
            double x = interleaved[i];
            double y = x * _b0 + s1;
            s1 = s2 + x * _b1 - y * _a1;
            s2 = x * _b2 - y * _a2;
            double z = y + h1;
            h1 = h2 - 2 * y - z * _p1;
            h2 = y - z * _p2;
            sum += z * z;
        }
        (_s1, _s2, _h1, _h2) = (Settle(s1), Settle(s2), Settle(h1), Settle(h2));
        Energy = sum;
    }

    private static double Settle(double state) => Math.Abs(state) > Denormal ? state : 0;
}
