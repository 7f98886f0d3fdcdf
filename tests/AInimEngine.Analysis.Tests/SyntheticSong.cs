namespace AInimEngine.Analysis.Tests;

/// <summary>Songs of which sections, key and drops are known: 120 beats a minute, one channel, 48 kHz.</summary>
internal static class SyntheticSong
{
    internal const int Beat = 24000, Bar = 4 * Beat;

    private static readonly int[] s_major = [0, 2, 4, 5, 7, 9, 11], s_minor = [0, 2, 3, 5, 7, 8, 10];

    /// <summary>Chords on degrees of a scale, each held for a while.</summary>
    internal static void AddChords(float[] sound, long from, int each, ReadOnlySpan<int> degrees, int tonic, bool minor, double amplitude, double cents = 0, int octave = 3)
    {
        for (int i = 0; i < degrees.Length; i++)
        {
            for (int tone = 0; tone < 3; tone++)
            {
                bool leading = minor && degrees[i] == 5 && tone == 1;
                int pitch = Pitch(degrees[i] - 1 + 2 * tone, tonic, minor) + (leading ? 1 : 0);
                AddNote(sound, from + (long)i * each, each, 12 * octave + pitch, amplitude / 3, cents);
            }
        }
    }

    /// <summary>Semitones above C of a degree of a scale, counted from 0.</summary>
    internal static int Pitch(int degree, int tonic, bool minor) => tonic + (minor ? s_minor : s_major)[degree % 7] + 12 * (degree / 7);

    /// <summary>A tone with five harmonics and soft ends. Note 57 is A at 440 Hz.</summary>
    internal static void AddNote(float[] sound, long from, int length, int note, double amplitude, double cents = 0)
    {
        double hertz = 440 * Math.Pow(2, (note - 57 + cents / 100) / 12);
        for (int harmonic = 1; harmonic <= 5; harmonic++)
        {
            double step = 2 * Math.PI * hertz * harmonic / Hop.SampleRate, twice = 2 * Math.Cos(step);
            double last = -Math.Sin(step) * amplitude / harmonic, before = -Math.Sin(2 * step) * amplitude / harmonic;
            for (int i = 0; i < length && from + i < sound.Length; i++)
            {
                double now = twice * last - before;
                sound[from + i] += (float)(now * Math.Min(1, Math.Min(i, length - i) / 480.0));
                (before, last) = (last, now);
            }
        }
    }

    /// <summary>Kick on every beat, snare on two and four, hats between.</summary>
    internal static void AddDrums(float[] sound, int firstBar, int bars, bool kick = true)
    {
        for (int beat = 4 * firstBar; beat < 4 * (firstBar + bars); beat++)
        {
            if (kick)
                Signals.AddKick(sound, (long)beat * Beat, 0.5f);
            if (beat % 2 == 1)
                Signals.AddSnare(sound, (long)beat * Beat, 0.3f, (ulong)beat);
            Signals.AddHat(sound, (long)beat * Beat + Beat / 2, 0.12f, (ulong)beat);
        }
    }

    /// <summary>Bars at which the parts of <see cref="Song"/> begin, and where it ends.</summary>
    internal static readonly int[] Bars = [0, 4, 12, 20, 28, 36, 44, 48];

    /// <summary>
    /// Intro, A, B, A, a break that builds up, B, outro. A is arpeggios over drums, B chords and bass with another
    /// progression, the break has neither drums nor bass and ends in a riser.
    /// </summary>
    internal static float[] Song(int seed)
    {
        int tonic = seed * 5 % 12;
        var sound = new float[Bars[^1] * Bar];
        AddPad(0, 4, [1, 6]);
        A(4);
        B(12);
        A(20);
        AddPad(28, 8, [2, 4]);
        AddRiser(sound, 32, 4);
        B(36);
        AddPad(44, 4, [1, 6]);
        float[] hiss = Signals.Noise((ulong)seed, 0.0005f, sound.Length);
        for (int i = 0; i < sound.Length; i++)
            sound[i] += hiss[i];
        return sound;

        void AddPad(int bar, int bars, int[] degrees)
        {
            for (int i = 0; i < bars; i += 2)
                AddChords(sound, (long)(bar + i) * Bar, Bar, degrees, tonic, false, 0.12);
        }

        void A(int bar)
        {
            int[] degrees = seed % 2 == 0 ? [1, 5, 6, 4] : [1, 3, 4, 5];
            for (int i = 0; i < 8; i++)
            {
                for (int k = 0; k < 8; k++)
                    AddNote(sound, (long)(bar + i) * Bar + k * (Beat / 2), Beat / 2, 48 + Pitch(degrees[i % 4] - 1 + 2 * (k % 3), tonic, false), 0.09);
                AddNote(sound, (long)(bar + i) * Bar, Bar, 24 + Pitch(degrees[i % 4] - 1, tonic, false) % 12, 0.15);
            }
            AddDrums(sound, bar, 8);
        }

        void B(int bar)
        {
            int[] degrees = seed % 2 == 0 ? [4, 1, 2, 5] : [6, 4, 1, 5];
            for (int i = 0; i < 8; i += 4)
                AddChords(sound, (long)(bar + i) * Bar, Bar, degrees, tonic, false, 0.3);
            for (int i = 0; i < 32; i++)
                AddNote(sound, (long)bar * Bar + i * Beat, Beat, 24 + Pitch(degrees[i / 4 % 4] - 1, tonic, false) % 12, 0.25);
            AddDrums(sound, bar, 8);
        }
    }

    /// <summary>Bright noise that swells.</summary>
    private static void AddRiser(float[] sound, int firstBar, int bars)
    {
        float[] noise = Signals.Noise(99, 1, bars * Bar);
        for (int i = 1; i < noise.Length; i++)
            sound[(long)firstBar * Bar + i] += (float)(0.03 * (noise[i] - noise[i - 1]) * Math.Pow(10, 1.2 * (i / (double)noise.Length - 1)));
    }
}
