using AInimEngine.Core.Randomness;

namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>Where a synthetic track is mixed: stereo at 48 kHz, with the onsets of what was put in.</summary>
internal sealed class Canvas(double seconds)
{
    private readonly List<double> _onsets = [];

    internal float[] Stereo { get; } = new float[2 * (int)(seconds * Hop.SampleRate)];

    internal double[] Onsets => Truth.Merge(_onsets);

    /// <summary>A hit at an instant, rounded to a sample; what lies outside the track is cut.</summary>
    /// <param name="pan">-1 left to 1 right.</param>
    internal void Hit(float[] hit, double time, double gain, double pan = 0)
    {
        int begin = (int)Math.Round(time * Hop.SampleRate), length = Math.Min(hit.Length, Stereo.Length / 2 - begin);
        if (begin < 0 || length <= 0 || gain <= 0)
            return;
        _onsets.Add((double)begin / Hop.SampleRate);
        float left = (float)(gain * Math.Sqrt(0.5 - 0.5 * pan)), right = (float)(gain * Math.Sqrt(0.5 + 0.5 * pan));
        for (int i = 0; i < length; i++)
        {
            Stereo[2 * (begin + i)] += left * hit[i];
            Stereo[2 * (begin + i) + 1] += right * hit[i];
        }
    }

    /// <summary>A note of decaying partials: bass, pluck, piano by its numbers.</summary>
    /// <param name="length">Seconds until it is damped.</param>
    /// <param name="attack">Seconds, time constant.</param>
    /// <param name="decay">Seconds, time constant; infinite: it holds.</param>
    /// <param name="slope">Partial k has amplitude k to the minus this.</param>
    internal void Note(double hertz, double time, double length, double gain, double attack, double decay, double slope, int partials, double pan = 0)
    {
        const double Release = 0.03;
        int begin = (int)Math.Round(time * Hop.SampleRate), count = Math.Min((int)((length + 4 * Release) * Hop.SampleRate), Stereo.Length / 2 - begin);
        if (begin < 0 || count <= 0 || gain <= 0)
            return;
        if (attack < 0.02)
            _onsets.Add((double)begin / Hop.SampleRate);
        var note = new double[count];
        for (int k = 1; k <= partials && k * hertz < 16000; k++)
            AddPartial(note, k * hertz, Math.Pow(k, -slope), double.IsFinite(decay) ? decay / Math.Sqrt(k) : decay, begin + 7 * k);
        double left = gain * Math.Sqrt(0.5 - 0.5 * pan), right = gain * Math.Sqrt(0.5 + 0.5 * pan), open = length * Hop.SampleRate;
        double rise = Math.Exp(-1 / (attack * Hop.SampleRate)), fall = Math.Exp(-1 / (Release * Hop.SampleRate)), missing = 1, damping = 1;
        for (int i = 0; i < count; i++)
        {
            missing *= rise;
            damping *= i > open ? fall : 1;
            double value = note[i] * (1 - missing) * damping;
            Stereo[2 * (begin + i)] += (float)(left * value);
            Stereo[2 * (begin + i) + 1] += (float)(right * value);
        }
    }

    /// <summary>A damped sine by s[n] = 2 d cos w s[n-1] - d^2 s[n-2].</summary>
    private static void AddPartial(double[] note, double hertz, double amplitude, double decay, double phase)
    {
        double step = 2 * Math.PI * hertz / Hop.SampleRate, damp = double.IsFinite(decay) ? Math.Exp(-1 / (decay * Hop.SampleRate)) : 1;
        double twice = 2 * damp * Math.Cos(step), square = damp * damp;
        double last = amplitude * Math.Sin(phase), before = amplitude * Math.Sin(phase - step) / damp;
        for (int i = 0; i < note.Length; i++)
        {
            note[i] += last;
            (last, before) = (twice * last - square * before, last);
        }
    }

    /// <summary>White noise over everything.</summary>
    /// <param name="decibels">RMS below full scale.</param>
    internal void Noise(double decibels, ulong seed)
    {
        var noise = new float[Stereo.Length];
        Philox.Normal(seed, 5, noise);
        float gain = (float)Math.Pow(10, decibels / 20);
        for (int i = 0; i < noise.Length; i++)
            Stereo[i] += gain * noise[i];
    }

    /// <summary>Silence from one instant to another, faded over 5 ms; its onsets are gone.</summary>
    internal void Mute(double from, double to)
    {
        const double Fade = 0.005;
        for (int i = Math.Max(0, (int)((from - Fade) * Hop.SampleRate)); i < Math.Min(Stereo.Length / 2, (int)(to * Hop.SampleRate)); i++)
        {
            float gain = (float)Math.Clamp((from - (double)i / Hop.SampleRate) / Fade, 0, 1);
            Stereo[2 * i] *= gain;
            Stereo[2 * i + 1] *= gain;
        }
        _onsets.RemoveAll(time => time >= from && time < to);
    }

    /// <summary>Brings the highest peak to <paramref name="peak"/>.</summary>
    internal void Normalize(float peak = 0.7f)
    {
        float highest = 0;
        foreach (float sample in Stereo)
            highest = Math.Max(highest, Math.Abs(sample));
        if (highest == 0)
            return;
        for (int i = 0; i < Stereo.Length; i++)
            Stereo[i] *= peak / highest;
    }
}
