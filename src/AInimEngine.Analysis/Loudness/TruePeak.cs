using System.Runtime.Intrinsics;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Loudness;

/// <summary>
/// True peak of one channel (ITU-R BS.1770-5, Annex 2): the largest magnitude of the sound and of three values between any
/// two samples. Hann-windowed sinc of 16 taps a phase; at 96 kHz and more the sound is oversampled already and
/// the same filter errs on the fine side.
/// </summary>
internal sealed class TruePeak
{
    private const int Taps = 16, Phases = 4, Chunk = 1024;

    private static readonly float[][] s_phases = MakePhases();
    private readonly float[] _samples = new float[Taps + Chunk];

    /// <summary>Largest magnitude so far, 1 is full scale.</summary>
    internal float Peak { get; private set; }

    /// <summary>Hears one channel of interleaved sound.</summary>
    internal void Hear(ReadOnlySpan<float> interleaved, int channel, int channels)
    {
        int length = interleaved.Length / channels;
        for (int at = 0; at < length; at += Chunk)
        {
            int count = Math.Min(Chunk, length - at);
            float most = 0;
            for (int i = 0; i < count; i++)
            {
                float x = interleaved[(at + i) * channels + channel];
                _samples[Taps + i] = x;
                most = Math.Max(most, Math.Abs(x));
            }
            Peak = Math.Max(Peak, most);

            // Only sound near the peak can overshoot it: a filter's gain is at most the sum of its taps' magnitudes.
            float reach = most;
            for (int i = 0; i < Taps; i++)
                reach = Math.Max(reach, Math.Abs(_samples[i]));
            if (reach * MaxGain > Peak)
                Interpolate(count);
            _samples.AsSpan(count, Taps).CopyTo(_samples);
        }
    }

    private static float MaxGain { get; } = s_phases.Max(phase => phase.Sum(Math.Abs));

    private void Interpolate(int count)
    {
        for (int phase = 1; phase < Phases; phase++)
        {
            Vector256<float> first = Vector256.Create(s_phases[phase].AsSpan(0, 8)), second = Vector256.Create(s_phases[phase].AsSpan(8, 8));
            for (int i = 1; i <= count; i++)
            {
                ReadOnlySpan<float> window = _samples.AsSpan(i, Taps);
                float value = VectorMath.Sum(Vector256.Create(window) * first + Vector256.Create(window[8..]) * second);
                Peak = Math.Max(Peak, Math.Abs(value));
            }
        }
    }

    private static float[][] MakePhases()
    {
        var phases = new float[Phases][];
        for (int phase = 0; phase < Phases; phase++)
        {
            var taps = new double[Taps];
            double sum = 0;
            for (int i = 0; i < Taps; i++)
            {
                // Between the two middle samples, under a Hann window over all taps.
                double x = i - (Taps / 2 - 1) - (double)phase / Phases;
                double sinc = x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
                double window = 0.5 + 0.5 * Math.Cos(Math.PI * x / (Taps / 2.0));
                taps[i] = sinc * window;
                sum += taps[i];
            }
            phases[phase] = [.. taps.Select(tap => (float)(tap / sum))];
        }
        return phases;
    }
}
