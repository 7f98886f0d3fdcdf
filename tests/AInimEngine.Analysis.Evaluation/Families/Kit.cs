using AInimEngine.Core.Randomness;

namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>The drums of one track: single hits, mono at 48 kHz, of a sound that the dice choose.</summary>
internal sealed class Kit(Dice dice, ulong seed)
{
    internal float[] Kick { get; } = MakeKick(dice.Uniform(42, 60), dice.Uniform(70, 150), dice.Uniform(0.06, 0.16), dice.Uniform(0.1, 0.5));

    internal float[] Snare { get; } = MakeSnare(dice.Uniform(160, 230), dice.Uniform(0.05, 0.12), dice.Uniform(0.3, 0.7), seed + 1);

    internal float[] Hat { get; } = MakeNoise(0.08, dice.Uniform(0.012, 0.03), 0.95, seed + 2);

    internal float[] OpenHat { get; } = MakeNoise(0.4, dice.Uniform(0.08, 0.16), 0.95, seed + 3);

    internal float[] Crash { get; } = MakeNoise(1.5, dice.Uniform(0.35, 0.6), 0.8, seed + 4);

    internal float[] Rim { get; } = MakeTone(dice.Uniform(1400, 2200), 0.05, 0.008);

    internal float[] Tom { get; } = MakeKick(dice.Uniform(80, 140), dice.Uniform(40, 90), dice.Uniform(0.1, 0.2), 0.1);

    internal float[] Click { get; } = MakeTone(dice.Uniform(900, 2500), 0.03, 0.006);

    private static float[] MakeKick(double hertz, double sweep, double decay, double click)
    {
        var hit = new float[(int)(0.4 * Hop.SampleRate)];
        double phase = 0;
        for (int i = 0; i < hit.Length; i++)
        {
            double t = (double)i / Hop.SampleRate;
            phase += 2 * Math.PI * (hertz + sweep * Math.Exp(-t / 0.025)) / Hop.SampleRate;
            hit[i] = (float)(Math.Exp(-t / decay) * Math.Sin(phase) + click * Math.Exp(-t / 0.003) * Math.Sin(2 * Math.PI * 3000 * t));
        }
        return hit;
    }

    private static float[] MakeSnare(double hertz, double decay, double body, ulong seed)
    {
        float[] hit = MakeNoise(0.35, decay, 0.4, seed);
        for (int i = 0; i < hit.Length; i++)
        {
            double t = (double)i / Hop.SampleRate;
            hit[i] = (float)((1 - body) * hit[i] + body * Math.Exp(-t / 0.07) * Math.Sin(2 * Math.PI * hertz * t));
        }
        return hit;
    }

    /// <summary>Noise that dies away; <paramref name="bright"/> near 1 leaves its treble alone.</summary>
    private static float[] MakeNoise(double seconds, double decay, double bright, ulong seed)
    {
        var hit = new float[(int)(seconds * Hop.SampleRate)];
        Philox.Normal(seed, 11, hit);
        float last = 0;
        for (int i = 0; i < hit.Length; i++)
        {
            float now = hit[i];
            hit[i] = (float)(0.35 * (now - bright * last) * Math.Exp(-i / (decay * Hop.SampleRate)));
            last = now;
        }
        return hit;
    }

    private static float[] MakeTone(double hertz, double seconds, double decay)
    {
        var hit = new float[(int)(seconds * Hop.SampleRate)];
        for (int i = 0; i < hit.Length; i++)
            hit[i] = (float)(Math.Exp(-i / (decay * Hop.SampleRate)) * Math.Sin(2 * Math.PI * hertz * i / Hop.SampleRate));
        return hit;
    }
}
