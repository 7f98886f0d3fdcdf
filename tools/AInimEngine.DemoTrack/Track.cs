using AInimEngine.DemoTrack.Composition;
using AInimEngine.DemoTrack.Mixing;
using AInimEngine.DemoTrack.Synthesis;

namespace AInimEngine.DemoTrack;

/// <summary>The finished track: who plays what, and how loud.</summary>
public sealed class Track
{
    private readonly Bus _reverbSend = new(), _delaySend = new();
    private readonly List<StemLevel> _levels = [];

    private Track()
    {
    }

    /// <summary>The track as it is heard.</summary>
    public Bus Mix { get; } = new();

    /// <summary>The kick alone, before the mix.</summary>
    public Bus Kick { get; } = new();

    /// <summary>The snare alone, before the mix.</summary>
    public Bus Snare { get; } = new();

    /// <summary>How loud each instrument is in the mix, before the master.</summary>
    public IReadOnlyList<StemLevel> Levels => _levels;

    /// <summary>Plays it.</summary>
    public static Track Render()
    {
        var track = new Track();
        track.PlayDrums();
        track.PlayBass();
        track.PlayPads();
        track.PlayPlucks();
        track.PlayLeads();
        track.PlayEffects();
        track.Send("reverb", Reverb.Of(track._reverbSend.HighPass(_ => 230), 2.7, 0.30).Shape(i => 1 - 0.35 * Duck(i)), 0.80);
        track.Send("echoes", PingPong.Of(track._delaySend, 0.44).Shape(i => 1 - 0.4 * Duck(i)), 0.75);
        Balance(track.Mix);
        Master.Finish(track.Mix, 1.08);
        return track;
    }

    private static void Balance(Bus mix) => mix.Bell(260, -1.5, 0.8).Bell(3900, 3, 0.6).Bell(12500, 1.5, 0.7);

    private void PlayDrums()
    {
        foreach (Hit hit in Drums.Kick)
            DrumKit.Kick(Kick, hit);
        // Behind a wall in the intro, without its lows at the end of the build, and itself elsewhere.
        var kick = new Bus();
        kick.Add(Kick, 1);
        kick.LowPass(i => Song.BarOf(i) < 2 ? 190 : Song.BarOf(i) is > 16.3 ? Maths.Sweep(12000, 300, (Song.BarOf(i) - 16.3) / 0.8) : 16000);
        kick.HighPass(i => Song.BarOf(i) is >= 2 and < 4 ? Maths.Sweep(60, 330, (Song.BarOf(i) - 2) / 1.8) : 22);
        Send("kick", kick, 0.44, reverb: 0.012);

        for (int i = 0; i < Drums.Snare.Count; i++)
            DrumKit.Snare(Snare, Drums.Snare[i], i);
        Send("snare", Snare, 0.76, reverb: 0.11, reverbCurve: i => Song.BarOf(i) is >= 3 and < 4 or >= 11 and < 12 ? 2.2 : 1);

        var hats = new Bus();
        for (int i = 0; i < Drums.Hat.Count; i++)
            DrumKit.Hat(hats, Drums.Hat[i].Start + Swing(Drums.Hat[i]), Drums.Hat[i].Velocity, 0.024 + 0.006 * (i % 3), 0.25, 5000 + (ulong)i);
        for (int i = 0; i < Drums.OpenHat.Count; i++)
            DrumKit.Hat(hats, Drums.OpenHat[i].Start, Drums.OpenHat[i].Velocity * 0.85, 0.085, -0.2, 6000 + (ulong)i);
        Send("hats", hats.Shape(i => 1 - 0.25 * Duck(i)), 0.78, reverb: 0.03);

        var shakers = new Bus();
        for (int i = 0; i < Drums.Shaker.Count; i++)
            DrumKit.Shaker(shakers, Drums.Shaker[i].Start + Swing(Drums.Shaker[i]) - 400, Drums.Shaker[i].Velocity, i);
        Send("shaker", shakers, 0.34, reverb: 0.02);

        var rims = new Bus();
        foreach (Hit hit in Drums.Rim)
            DrumKit.Rim(rims, hit);
        Send("rim", rims, 0.22, reverb: 0.03, delay: 0.05);

        var crashes = new Bus();
        foreach (Hit hit in Drums.Crash)
            DrumKit.Crash(crashes, hit);
        Send("crash", crashes.Shape(i => 1 - 0.3 * Duck(i)), 0.30, reverb: 0.05);
    }

    private void PlayBass()
    {
        var bass = new Bus();
        foreach (Note note in Melody.Bass)
            Keys.Bass(bass, note, note.Bar >= 12 ? 0.75 + 0.08 * (note.Bar - 12) : 0.35 + 0.13 * (note.Bar - 4));
        Send("bass", bass.HighPass(_ => 85).Shape(i => 1 - 0.5 * Duck(i)), 0.52, reverb: 0.01);

        var sub = new Bus();
        foreach (Chord chord in Harmony.Chords.Where(chord => chord.Bar is >= 4 and < 8 or >= 12 and < 16))
        {
            bool last = chord.Bar is 7 or 15 && chord.Step == 8;
            Keys.Sub(sub, chord, Song.At(chord.Bar, chord.Step + chord.Length - (last ? 2 : 0)));
        }
        Keys.Sub(sub, Harmony.At(16, 0), Song.At(16, 10));
        Send("sub", sub.Shape(i => 1 - 0.94 * Duck(i)), 0.25);
    }

    private void PlayPads()
    {
        var pads = new Bus();
        foreach (Chord chord in Harmony.Chords.Where(chord => chord.Bar != 17))
        {
            bool drop = chord.Bar is >= 4 and < 8 or >= 12 and < 16;
            Chord held = chord.Bar == 16 ? chord with { Length = 32 } : chord;
            Keys.Pad(pads, held, chord.Bar == 0 ? 1.1 : drop ? 0.03 : 0.22, chord.Bar == 16 ? 1.2 : drop ? 0.12 : 0.5);
        }
        pads.LowPass(PadCutoff, 0.8).HighPass(i => IsDrop(i) ? 200 : 115);
        Send("pads", pads.Shape(i => 1 - 0.85 * Duck(i)), 1.0, reverb: 0.22, level: PadLevel);

        var stabs = new Bus();
        foreach ((int bar, int step) in Melody.Stabs)
            Keys.Stab(stabs, Harmony.At(bar, step), Song.At(bar, step), (step == 0 ? 1 : 0.8) * (bar >= 12 ? 1 : 0.85));
        Send("stabs", stabs.HighPass(_ => 190).Shape(i => 1 - 0.45 * Duck(i)), 0.80, reverb: 0.10, delay: 0.05);
    }

    private static double PadCutoff(int sample)
    {
        double bar = Song.BarOf(sample);
        return bar switch
        {
            < 4 => Maths.Sweep(380, 3400, bar / 4),
            < 8 => 2600 + 600 * (bar - 4) / 4,
            < 9.5 => Maths.Sweep(3200, 1500, (bar - 8) / 1.5),
            < 10 => Maths.Sweep(1500, 420, (bar - 9.5) / 0.5),
            < 11 => 420,
            < 12 => Maths.Sweep(420, 4200, bar - 11),
            < 16 => 3400 + 900 * (bar - 12) / 4,
            _ => Maths.Sweep(3200, 320, (bar - 16) / 2.6),
        };
    }

    private static bool IsDrop(int sample) => Song.BarOf(sample) is >= 4 and < 8 or >= 12 and < 16;

    private static double PadLevel(int sample)
    {
        double bar = Song.BarOf(sample);
        double quiet = 1 - 0.62 * Maths.Smooth(9.9, 10.1, bar) * (1 - Maths.Smooth(10.9, 11.9, bar));
        double drop = IsDrop(sample) ? 1.15 : 0.62;
        // A breath before each drop.
        double breath = 1 - 0.8 * Maths.Smooth(3.86, 3.89, bar) * (bar < 4 ? 1 : 0) - 0.8 * Maths.Smooth(11.86, 11.89, bar) * (bar is > 8 and < 12 ? 1 : 0);
        return 0.62 * quiet * drop * breath * (0.75 + 0.25 * Maths.Smooth(0, 3.5, bar));
    }

    private void PlayPlucks()
    {
        var plucks = new Bus();
        for (int i = 0; i < Melody.Arpeggio.Count; i++)
        {
            Note note = Melody.Arpeggio[i];
            double bar = note.Bar + note.Step / 16.0;
            double brightness = bar switch
            {
                < 4 => 0.08 + 0.8 * bar / 4,
                < 8 => 0.62,
                < 10 => 0.30 - 0.2 * (bar - 9),
                < 12 => 0.1 + 0.8 * (bar - 11),
                < 16 => 0.72,
                _ => 0.6 - 0.55 * (bar - 16),
            };
            Keys.Pluck(plucks, note, brightness, i);
        }
        Send("arpeggio", plucks.HighPass(_ => 220).Shape(i => 1 - 0.35 * Duck(i)), 1, reverb: 0.16, delay: 0.30, level: i => Song.BarOf(i) switch
        {
            < 4 => 0.26 + 0.05 * Song.BarOf(i),
            < 8 => 0.44,
            < 10.5 => 0.24,
            < 12 => 0.36,
            < 16 => 0.48,
            _ => 0.36,
        });
    }

    private void PlayLeads()
    {
        var lead = new Bus();
        Keys.Lead(lead, Melody.Lead, 0, 1);
        Send("lead", lead.HighPass(_ => 260).Shape(i => 1 - 0.25 * Duck(i)), 0.36, reverb: 0.10, delay: 0.12);

        var high = new Bus();
        Keys.Lead(high, [.. Melody.Lead.Where(note => note.Bar >= 12)], 12, 1.6);
        Send("high lead", high.HighPass(_ => 500).Shape(i => 1 - 0.25 * Duck(i)), 0.20, reverb: 0.08, delay: 0.08);

        var bells = new Bus();
        for (int i = 0; i < Melody.Bell.Count; i++)
            Keys.Bell(bells, Melody.Bell[i], i);
        Send("bells", bells, 0.34, reverb: 0.22, delay: 0.16);
    }

    private void PlayEffects()
    {
        var effects = new Bus();
        Effects.Riser(effects, Song.At(2), Song.At(3, 15), 7000, 0.16);
        Effects.Riser(effects, Song.At(11), Song.At(11, 15), 7010, 0.12);
        Effects.Reverse(effects, Song.At(4), 1.4, 7020);
        Effects.Reverse(effects, Song.At(12), 1.6, 7030);
        Effects.Reverse(effects, Song.At(2), 0.9, 7040);
        Send("risers", effects, 0.20, reverb: 0.07);

        var impacts = new Bus();
        Effects.Impact(impacts, Song.At(8));
        Effects.Impact(impacts, Song.At(17));
        Send("impacts", impacts, 0.26, reverb: 0.05);

        var air = new Bus();
        Effects.Air(air);
        Send("air", air, 0.0035);
    }

    private void Send(string name, Bus bus, double gain, double reverb = 0, double delay = 0, Func<int, double>? level = null, Func<int, double>? reverbCurve = null)
    {
        if (level is not null)
            bus.Shape(level);
        Mix.Add(bus, gain);
        _levels.Add(new StemLevel(name, [.. Song.Sections.Select(part => Level(bus, gain, Song.At(part.FirstBar), Song.At(part.EndBar)))]));
        if (delay > 0)
            _delaySend.Add(bus, gain * delay / 0.3);
        if (reverb > 0)
            _reverbSend.Add(reverbCurve is null ? bus : Copy(bus).Shape(reverbCurve), gain * reverb / 0.3);
    }

    private static double Level(Bus bus, double gain, int start, int end)
    {
        double power = 0;
        for (int i = start; i < end; i++)
            power += 0.5 * (bus.Left[i] * (double)bus.Left[i] + bus.Right[i] * (double)bus.Right[i]);
        return Math.Sqrt(power / (end - start)) * gain;
    }

    private static Bus Copy(Bus bus)
    {
        var copy = new Bus();
        copy.Add(bus, 1);
        return copy;
    }

    /// <summary>Odd sixteenths come 4 % of an eighth late.</summary>
    private static int Swing(Hit hit) => hit.Step % 2 == 0 ? 0 : (int)Math.Round(Song.StepLength * 2 * 0.04);

    /// <summary>0..1: how far the kick pushes everything else down. Falls within 6 ms before it, recovers over a quarter.</summary>
    private static double Duck(int sample) => _duck[sample];

    private static readonly float[] _duck = MakeDuck();

    private static float[] MakeDuck()
    {
        var duck = new float[Song.Samples];
        int before = 288, hold = 1400, after = (int)(Song.StepLength * 3.4);
        foreach (Hit hit in Drums.Kick.Where(hit => hit.Bar is >= 4 and < 17))
        {
            for (int i = -before; i < after; i++)
            {
                int at = hit.Start + i;
                if ((uint)at >= (uint)duck.Length)
                    continue;
                double depth = i < 0 ? Maths.Smooth(-before, 0, i) : 1 - Maths.Smooth(hold, after, i);
                duck[at] = Math.Max(duck[at], (float)(depth * hit.Velocity));
            }
        }
        return duck;
    }
}
