using AInimEngine.DemoTrack.Composition;
using AInimEngine.DemoTrack.Mixing;

namespace AInimEngine.DemoTrack.Synthesis;

/// <summary>Drums from sines and noise.</summary>
public static class DrumKit
{
    // Six squares in the ratios of a well-known drum machine's cymbal, two octaves up.
    private static readonly double[] _metal = [821.2, 1217.6, 1478.4, 2090.8, 2160, 3200];

    /// <summary>A sine that falls from 1.1 kHz to 50 Hz, driven, with a click of noise.</summary>
    public static void Kick(Bus bus, Hit hit)
    {
        double phase = 0;
        var noise = new Noise(100);
        Svf click = default;
        click.Set(3500, 0.8);
        for (int i = 0; i < Samples(0.46); i++)
        {
            double t = Seconds(i);
            double frequency = 50 + 175 * Maths.Exp(-t / 0.028) + 900 * Maths.Exp(-t / 0.0036);
            phase += frequency / Song.SampleRate;
            double body = Maths.Exp(-t / 0.14) * (1 - Maths.Smooth(0.26, 0.42, t));
            click.Process(noise.Next() * Maths.Exp(-t / 0.0022));
            double value = Maths.Tanh(2.1 * body * Maths.Sin(phase)) * 0.98 + click.Band * 0.5;
            value *= hit.Velocity * Maths.Smooth(0, 0.0006, t + 0.0001);
            bus.Add(hit.Start + i, value, value);
        }
    }

    /// <summary>Two shell tones, a rattle and a clap of four hands, the last longest.</summary>
    public static void Snare(Bus bus, Hit hit, int index)
    {
        Noise left = new(200 + (ulong)index * 4), right = new(201 + (ulong)index * 4), middle = new(202 + (ulong)index * 4);
        Svf clapLeft = default, clapRight = default, rattleLow = default;
        clapLeft.Set(1500, 0.9);
        clapRight.Set(1750, 0.9);
        rattleLow.Set(2400, 0.7);
        double phase1 = 0, phase2 = 0;
        for (int i = 0; i < Samples(0.42); i++)
        {
            double t = Seconds(i);
            double fall = 1 + 0.6 * Maths.Exp(-t / 0.012);
            phase1 += 186 * fall / Song.SampleRate;
            phase2 += 331 * fall / Song.SampleRate;
            double shell = (0.6 * Maths.Sin(phase1) + 0.3 * Maths.Sin(phase2)) * Maths.Exp(-t / 0.055);
            double hands = 0;
            for (int hand = 0; hand < 3; hand++)
            {
                double since = t - hand * 0.0105;
                if (since >= 0)
                    hands += Maths.Exp(-since / 0.0035);
            }
            if (t >= 0.0315)
                hands += 1.1 * Maths.Exp(-(t - 0.0315) / 0.075);
            double m = middle.Next();
            clapLeft.Process(0.5 * m + 0.5 * left.Next());
            clapRight.Process(0.5 * m + 0.5 * right.Next());
            rattleLow.Process(m);
            double rattle = rattleLow.High * Maths.Exp(-t / 0.085) * 0.34;
            double level = hit.Velocity * Maths.Smooth(0, 0.0005, t + 0.0001) * (1 - Maths.Smooth(0.3, 0.42, t));
            double core = Maths.Tanh(1.3 * (shell + rattle));
            bus.Add(hit.Start + i, level * (core * 0.7 + clapLeft.Band * hands * 0.75), level * (core * 0.7 + clapRight.Band * hands * 0.75));
        }
    }

    /// <summary>Metal and noise through a high-pass.</summary>
    /// <param name="decay">Seconds to 1/e: 0.03 closed, 0.2 open.</param>
    public static void Hat(Bus bus, int start, double velocity, double decay, double pan, ulong stream)
    {
        var noise = new Noise(stream);
        var metal = new Oscillator[_metal.Length];
        for (int k = 0; k < metal.Length; k++)
            metal[k] = new Oscillator(k * 0.37);
        Svf band = default, high = default;
        band.Set(9200, 0.8);
        high.Set(6800, 0.75);
        double gainLeft = Maths.Cos((pan + 1) / 8), gainRight = Maths.Sin((pan + 1) / 8);
        for (int i = 0; i < Samples(decay * 6); i++)
        {
            double t = Seconds(i), sum = 0;
            for (int k = 0; k < metal.Length; k++)
                sum += metal[k].Square(_metal[k] * 1.37 / Song.SampleRate);
            band.Process(sum * 0.3 + noise.Next() * 0.55);
            high.Process(band.Band);
            double value = high.High * velocity * Maths.Exp(-t / decay) * Maths.Smooth(0, 0.0008, t + 0.00015) * (1 - Maths.Smooth(decay * 4, decay * 6, t));
            bus.Add(start + i, value * gainLeft, value * gainRight);
        }
    }

    /// <summary>A puff of bright noise that swells and fades.</summary>
    public static void Shaker(Bus bus, int start, double velocity, int index)
    {
        var noise = new Noise(3000 + (ulong)index);
        Svf band = default;
        band.Set(6200 + 500 * (index % 3), 1.1);
        for (int i = 0; i < Samples(0.09); i++)
        {
            double t = Seconds(i);
            band.Process(noise.Next());
            double value = band.Band * velocity * Maths.Smooth(0, 0.022, t) * Maths.Exp(-t / 0.028);
            bus.Add(start + i, value * 0.55, value * 0.85);
        }
    }

    /// <summary>A short wooden tick.</summary>
    public static void Rim(Bus bus, Hit hit)
    {
        double phase1 = 0, phase2 = 0;
        for (int i = 0; i < Samples(0.07); i++)
        {
            double t = Seconds(i);
            phase1 += 1240.0 / Song.SampleRate;
            phase2 += 1870.0 / Song.SampleRate;
            double value = Maths.Tanh(1.6 * (Maths.Sin(phase1) + 0.7 * Maths.Sin(phase2)) * Maths.Exp(-t / 0.011)) * hit.Velocity * (1 - Maths.Smooth(0.05, 0.07, t));
            bus.Add(hit.Start + i, value * 0.9, value * 0.5);
        }
    }

    /// <summary>A cymbal: dense metal and noise, wide, with a long decay.</summary>
    public static void Crash(Bus bus, Hit hit)
    {
        Noise left = new(4000 + (ulong)hit.Bar), right = new(4100 + (ulong)hit.Bar);
        var metal = new Oscillator[_metal.Length * 2];
        for (int k = 0; k < metal.Length; k++)
            metal[k] = new Oscillator(k * 0.29);
        Svf highLeft = default, highRight = default;
        for (int i = 0; i < Samples(3); i++)
        {
            double t = Seconds(i), metalLeft = 0, metalRight = 0;
            for (int k = 0; k < _metal.Length; k++)
            {
                metalLeft += metal[k].Square(_metal[k] * 1.93 / Song.SampleRate);
                metalRight += metal[k + _metal.Length].Square(_metal[k] * 1.99 / Song.SampleRate);
            }
            if (i % 16 == 0)
            {
                double cutoff = 2600 + 2600 * (1 - Maths.Exp(-t / 0.4));
                highLeft.Set(cutoff, 0.7);
                highRight.Set(cutoff, 0.7);
            }
            double envelope = hit.Velocity * (0.35 * Maths.Exp(-t / 0.09) + 0.65 * Maths.Exp(-t / 0.75)) * Maths.Smooth(0, 0.002, t + 0.0002) * (1 - Maths.Smooth(2.2, 3, t));
            highLeft.Process(left.Next() + metalLeft * 0.07);
            highRight.Process(right.Next() + metalRight * 0.07);
            bus.Add(hit.Start + i, highLeft.High * envelope, highRight.High * envelope);
        }
    }

    private static int Samples(double seconds) => (int)(seconds * Song.SampleRate);

    private static double Seconds(int samples) => samples / (double)Song.SampleRate;
}
