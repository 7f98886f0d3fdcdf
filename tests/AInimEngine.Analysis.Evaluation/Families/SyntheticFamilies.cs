namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>
/// Seeded synthetic tracks of 30 s, truth made with the sound. Tempi are 70 to 175 beats a minute (clicks 60 to 180), as
/// many per octave everywhere; the extremes go from 50 to 220.
/// </summary>
internal static class SyntheticFamilies
{
    private const double Length = 30, Slowest = 70, Fastest = 175;

    internal static IReadOnlyList<Family> All { get; } =
    [
        new("clicks", true, Clicks),
        new("drums", true, seed => Make("drums", seed, new Parts(Drums: true))),
        new("band", true, seed => Make("band", seed, Parts.Everything)),
        new("ramp", true, seed => Make("ramp", seed, Parts.Everything, Ramp)),
        new("step", true, seed => Make("step", seed, Parts.Everything, Step)),
        new("no drums", true, seed => Make("no drums", seed, Parts.NoDrums)),
        new("human 12 ms", true, seed => Make("human 12 ms", seed, Parts.Everything with { Jitter = 0.012 })),
        new("swing", true, seed => Make("swing", seed, Parts.Everything with { Swung = true })),
        new("three four", true, seed => Make("three four", seed, Parts.Everything with { BeatsPerBar = 3 })),
        new("gaps", true, seed => Make("gaps", seed, Parts.Everything, finish: Gaps)),
        new("codec", true, seed => AacRoundTrip.Of(Make("codec", seed, Parts.Everything))),
        new("noise -40 dB", true, seed => Make("noise -40 dB", seed, Parts.Everything, finish: (canvas, _, _) => canvas.Noise(-40, seed))),
        new("drift", true, seed => Make("drift", seed, Parts.Everything, Drift)),
        new("ritardando", true, seed => Make("ritardando", seed, Parts.Everything, Ritardando)),
        new("live drummer", true, seed => Make("live drummer", seed, Parts.Everything with { Jitter = 0.007, Dynamics = 0.3 }, LiveDrummer)),
        new("extremes", false, seed => Make("extremes", seed, Parts.Everything with { Slowest = 50, Fastest = 220 })),
    ];

    private delegate Func<int, double, double> TempoCurve(double bpm, Dice dice);

    private static Heard Make(string family, ulong seed, Parts parts, TempoCurve? curve = null, Action<Canvas, BeatClock, Dice>? finish = null)
    {
        var dice = new Dice(seed, Stream(family));
        double bpm = dice.Tempo(parts.Slowest, parts.Fastest);
        var clock = new BeatClock(dice.Uniform(0, 0.6), Length - 0.3, curve?.Invoke(bpm, dice) ?? ((_, _) => bpm))
        {
            Swing = parts.Swung ? dice.Uniform(0.55, 0.67) : 0.5,
        };
        var canvas = new Canvas(Length);
        var band = new Band(canvas, clock, dice, parts.BeatsPerBar) { Jitter = parts.Jitter, Dynamics = parts.Dynamics };
        if (parts.Drums)
        {
            var patterns = parts.Swung ? DrumPattern.Swung : parts.BeatsPerBar == 3 ? DrumPattern.Three : DrumPattern.Four;
            band.PlayDrums(DrumPattern.Pick(dice, patterns, bpm), new Kit(dice, seed));
        }
        if (parts.Bass)
            band.PlayBass(dice.Uniform(0.25, 0.5));
        if (parts.Pad)
            band.PlayPad(dice.Uniform(0.03, 0.08));
        if (parts.Chords || (parts.Drums && parts.Bass && dice.Chance(0.5)))
            band.PlayChords();
        if (parts.Chords || (parts.Drums && parts.Bass && dice.Chance(0.5)))
            band.PlayMelody();
        canvas.Normalize();
        if (parts.Bass)
            canvas.Noise(dice.Uniform(-65, -50), seed);
        finish?.Invoke(canvas, clock, dice);
        double[] beats = clock.Beats;
        return new(canvas.Stereo, new Truth
        {
            Beats = beats,
            Downbeats = [.. beats.Where((_, i) => i % parts.BeatsPerBar == 0)],
            Onsets = canvas.Onsets,
            Tempo = Truth.MedianTempo(beats),
            Meter = [$"{parts.BeatsPerBar}/4"],
        });
    }

    private static Heard Clicks(ulong seed)
    {
        var dice = new Dice(seed, Stream("clicks"));
        double bpm = dice.Tempo(60, 180);
        var clock = new BeatClock(dice.Uniform(0, 0.6), Length - 0.3, (_, _) => bpm);
        var canvas = new Canvas(Length);
        var kit = new Kit(dice, seed);
        bool accents = dice.Chance(0.5);
        double[] beats = clock.Beats;
        for (int i = 0; i < beats.Length; i++)
            canvas.Hit(kit.Click, beats[i], accents && i % 4 != 0 ? 0.6 : 1);
        canvas.Normalize();
        return new(canvas.Stereo, new Truth { Beats = beats, Onsets = canvas.Onsets, Tempo = bpm, Meter = ["4/4"] });
    }

    /// <summary>Up to 15 % faster or slower at the end than at the beginning.</summary>
    private static Func<int, double, double> Ramp(double bpm, Dice dice)
    {
        double change = dice.Uniform(0.08, 0.15) * dice.Sign();
        return (_, time) => bpm * (1 + change * Math.Min(1, time / Length));
    }

    /// <summary>Once, in the middle third, 12 to 30 % faster or slower.</summary>
    private static Func<int, double, double> Step(double bpm, Dice dice)
    {
        double at = dice.Uniform(Length / 3, Length * 2 / 3), factor = 1 + dice.Uniform(0.12, 0.30) * dice.Sign();
        return (_, time) => time < at ? bpm : bpm * factor;
    }

    /// <summary>Slowly up and down by 2 to 4 %.</summary>
    private static Func<int, double, double> Drift(double bpm, Dice dice)
    {
        double depth = dice.Uniform(0.02, 0.04), period = dice.Uniform(12, 25), phase = dice.Uniform(0, 2 * Math.PI);
        return (_, time) => bpm * (1 + depth * Math.Sin(2 * Math.PI * time / period + phase));
    }

    /// <summary>Steady, then over the last 8 s down to 70 to 80 %.</summary>
    private static Func<int, double, double> Ritardando(double bpm, Dice dice)
    {
        double last = dice.Uniform(0.7, 0.8);
        return (_, time) => bpm * (1 - (1 - last) * Math.Clamp((time - (Length - 8)) / 8, 0, 1));
    }

    /// <summary>Each beat's tempo strays by 0.6 % from the last and is drawn back to the mean.</summary>
    private static Func<int, double, double> LiveDrummer(double bpm, Dice dice)
    {
        double deviation = 0;
        return (_, _) => bpm * (1 + (deviation = 0.93 * deviation + 0.006 * dice.Normal()));
    }

    /// <summary>One or two rests of one bar, from a bar's second beat: the pulse is counted on.</summary>
    private static void Gaps(Canvas canvas, BeatClock clock, Dice dice)
    {
        int bars = clock.Beats.Length / 4, count = 1 + dice.Below(2);
        for (int i = 0; i < count; i++)
        {
            int bar = bars * (i + 1) / (count + 1) + dice.Below(2);
            canvas.Mute(clock.At(4 * bar + 1), clock.At(4 * bar + 4 + 4 * dice.Below(2)));
        }
    }

    /// <summary>A number that only the name decides (FNV-1a): families of one seed share no dice.</summary>
    private static ulong Stream(string family) => family.Aggregate(14695981039346656037UL, (hash, letter) => (hash ^ letter) * 1099511628211UL);

    /// <summary>Who plays, and how.</summary>
    private sealed record Parts(bool Drums = false, bool Bass = false, bool Pad = false, bool Chords = false)
    {
        internal static Parts Everything { get; } = new(Drums: true, Bass: true, Pad: true);

        internal static Parts NoDrums { get; } = new(Bass: true, Pad: true, Chords: true);

        internal int BeatsPerBar { get; init; } = 4;

        internal double Jitter { get; init; }

        internal double Dynamics { get; init; } = 0.1;

        internal bool Swung { get; init; }

        internal double Slowest { get; init; } = SyntheticFamilies.Slowest;

        internal double Fastest { get; init; } = SyntheticFamilies.Fastest;
    }
}
