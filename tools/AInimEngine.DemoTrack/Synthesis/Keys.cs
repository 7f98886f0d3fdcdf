using AInimEngine.Core.Randomness;
using AInimEngine.DemoTrack.Composition;
using AInimEngine.DemoTrack.Mixing;

namespace AInimEngine.DemoTrack.Synthesis;

/// <summary>Everything with a pitch.</summary>
public static class Keys
{
    private static readonly double[] _detune = [-13, -6, 0, 7, 12]; // cents
    private static readonly double[] _spread = [-0.95, -0.45, 0, 0.45, 0.95];

    /// <summary>Five detuned saws a voice, spread over the stereo field. Filtered on its bus.</summary>
    public static void Pad(Bus bus, Chord chord, double attack, double release)
    {
        int start = Song.At(chord.Bar, chord.Step), length = Song.At(chord.Bar, chord.Step + chord.Length) - start;
        int tail = (int)(release * Song.SampleRate);
        for (int voice = 0; voice < chord.Voices.Length; voice++)
        {
            for (int saw = 0; saw < _detune.Length; saw++)
            {
                ulong index = (ulong)((chord.Bar * 16 + chord.Step) * 64 + voice * 8 + saw);
                var oscillator = new Oscillator(Philox.Uniform(Noise.Seed, 500, index));
                double step = Maths.Frequency(chord.Voices[voice] + _detune[saw] / 100) / Song.SampleRate;
                (double left, double right) = Pan(_spread[saw] * (voice % 2 == 0 ? 1 : -1));
                for (int i = 0; i < length + tail; i++)
                {
                    double envelope = Maths.Smooth(0, attack * Song.SampleRate, i) * (1 - Maths.Smooth(length, length + tail, i));
                    double value = oscillator.Saw(step) * envelope * 0.1;
                    bus.Add(start + i, value * left, value * right);
                }
            }
        }
    }

    /// <summary>The chord struck short: saws through a low-pass that closes.</summary>
    public static void Stab(Bus bus, Chord chord, int start, double velocity)
    {
        for (int voice = 0; voice < chord.Voices.Length; voice++)
        {
            Oscillator a = new(voice * 0.31), b = new(voice * 0.17 + 0.5);
            double step = Maths.Frequency(chord.Voices[voice]) / Song.SampleRate;
            Svf filter = default;
            (double left, double right) = Pan(voice * 0.5 - 0.75);
            for (int i = 0; i < Samples(0.34); i++)
            {
                double t = Seconds(i);
                if (i % 8 == 0)
                    filter.Set(420 + 3600 * velocity * Maths.Exp(-t / 0.075), 1.1);
                filter.Process(0.5 * (a.Saw(step * 1.0045) + b.Saw(step * 0.9957)));
                double value = filter.Low * velocity * Maths.Smooth(0, 0.003, t) * Maths.Exp(-t / 0.12) * (1 - Maths.Smooth(0.25, 0.34, t)) * 0.5;
                bus.Add(start + i, value * left, value * right);
            }
        }
    }

    /// <summary>A plucked string of two saws; how bright it is follows the song.</summary>
    /// <param name="brightness">0..1.</param>
    public static void Pluck(Bus bus, Note note, double brightness, int index)
    {
        Oscillator a = new(0.1), b = new(0.6), c = new(0);
        double step = Maths.Frequency(note.Pitch) / Song.SampleRate;
        Svf first = default, second = default;
        (double left, double right) = Pan((index % 4 - 1.5) * 0.4);
        double top = Maths.Sweep(900, 9000, brightness) * (0.55 + 0.45 * note.Velocity);
        for (int i = 0; i < Samples(0.4); i++)
        {
            double t = Seconds(i);
            if (i % 8 == 0)
            {
                double cutoff = 260 + top * Maths.Exp(-t / 0.06);
                first.Set(cutoff, 0.9);
                second.Set(cutoff * 1.1, 0.7);
            }
            first.Process(0.45 * (a.Saw(step * 1.0035) + b.Saw(step * 0.9965)) + 0.35 * c.Square(step * 0.5));
            second.Process(first.Low);
            double value = second.Low * note.Velocity * Maths.Smooth(0, 0.0015, t) * Maths.Exp(-t / 0.11) * (1 - Maths.Smooth(0.3, 0.4, t));
            bus.Add(note.Start + i, value * left, value * right);
        }
    }

    /// <summary>Saw and square an octave below through a resonant low-pass with a quick envelope, driven.</summary>
    public static void Bass(Bus bus, Note note, double openness)
    {
        Oscillator saw = new(0.5), detuned = new(0.27), square = new(0);
        double step = Maths.Frequency(note.Pitch + 12) / Song.SampleRate;
        Svf first = default, second = default;
        int hold = note.Samples, release = Samples(0.05);
        for (int i = 0; i < hold + release; i++)
        {
            double t = Seconds(i);
            if (i % 8 == 0)
            {
                double cutoff = 130 + (500 + 1700 * openness) * note.Velocity * Maths.Exp(-t / 0.07);
                first.Set(cutoff, 1.5);
                second.Set(cutoff * 1.3, 0.75);
            }
            first.Process(0.5 * saw.Saw(step) + 0.4 * detuned.Saw(step * 1.006) + 0.35 * square.Square(step * 0.5));
            second.Process(first.Low);
            double envelope = Maths.Smooth(0, 0.003, t) * (0.6 + 0.4 * Maths.Exp(-t / 0.09)) * (1 - Maths.Smooth(hold, hold + release, i));
            double value = Maths.Tanh(1.7 * second.Low * note.Velocity) * envelope * 0.7;
            bus.Add(note.Start + i, value, value);
        }
    }

    /// <summary>The root as a sine, held, with a little of its octave so that small speakers hear it.</summary>
    public static void Sub(Bus bus, Chord chord, int end)
    {
        int start = Song.At(chord.Bar, chord.Step), length = end - start;
        double phase = 0, step = Maths.Frequency(chord.Bass) / Song.SampleRate;
        for (int i = 0; i < length; i++)
        {
            phase += step;
            double envelope = Maths.Smooth(0, 400, i) * (1 - Maths.Smooth(length - 900, length, i));
            double value = (Maths.Sin(phase) + 0.16 * Maths.Sin(2 * phase)) * envelope;
            bus.Add(start + i, value, value);
        }
    }

    /// <summary>A voice that glides: two saws, a square below, vibrato on what is held.</summary>
    public static void Lead(Bus bus, IReadOnlyList<Note> notes, double transpose, double brightness)
    {
        Oscillator a = new(0), b = new(0.33), c = new(0.7), sub = new(0.1), vibrato = new(0);
        Svf first = default, second = default;
        double pitch = notes[0].Pitch, envelope = 0, age = 0;
        int index = -1;
        for (int i = notes[0].Start; i < notes[^1].Start + notes[^1].Samples + Samples(0.5); i++)
        {
            if (index + 1 < notes.Count && i >= notes[index + 1].Start)
            {
                index++;
                age = 0;
                if (i - notes[Math.Max(index - 1, 0)].Start > Samples(3))
                    pitch = notes[index].Pitch;
            }
            Note note = notes[index];
            bool held = i < note.Start + note.Samples;
            pitch += (note.Pitch - pitch) * 0.0011;
            envelope += ((held ? 1 : 0) - envelope) * (held ? 0.004 : 0.0006);
            age += 1.0 / Song.SampleRate;
            double wobble = vibrato.Sine(5.4 / Song.SampleRate) * 0.14 * Maths.Smooth(0.16, 0.45, age);
            double step = Maths.Frequency(pitch + transpose + wobble) / Song.SampleRate;
            if (i % 8 == 0)
            {
                double cutoff = (1100 + 2700 * brightness * (0.5 + 0.9 * Maths.Exp(-age / 0.13))) * (0.4 + 0.6 * envelope);
                first.Set(cutoff, 1.0);
                second.Set(cutoff * 1.4, 0.7);
            }
            double left = a.Saw(step * 1.0042), right = b.Saw(step * 0.9958), middle = 0.6 * c.Saw(step) + 0.5 * sub.Square(step * 0.5);
            first.Process(0.34 * left + 0.2 * right + 0.4 * middle);
            second.Process(0.2 * left + 0.34 * right + 0.4 * middle);
            bus.Add(i, first.Low * envelope, second.Low * envelope);
        }
    }

    /// <summary>Struck glass: frequency modulation at 1 to 3.5 whose index falls (Chowning 1973).</summary>
    public static void Bell(Bus bus, Note note, int index)
    {
        double step = Maths.Frequency(note.Pitch - 12) / Song.SampleRate;
        Oscillator carrier = new(0), modulator = new(0), shimmer = new(0.25), shimmerModulator = new(0.1);
        (double left, double right) = Pan((index % 3 - 1) * 0.5);
        for (int i = 0; i < Samples(3.2); i++)
        {
            double t = Seconds(i);
            double push = modulator.Sine(step * 3.5) * 0.42 * Maths.Exp(-t / 0.22) + 0.02;
            double tine = carrier.Sine(step, push) * Maths.Exp(-t / 0.8);
            double glass = shimmer.Sine(step * 2.003, shimmerModulator.Sine(step * 5.01) * 0.16 * Maths.Exp(-t / 0.12)) * Maths.Exp(-t / 0.45) * 0.4;
            double value = (tine + glass) * note.Velocity * Maths.Smooth(0, 0.002, t) * (1 - Maths.Smooth(2.4, 3.2, t)) * 0.6;
            bus.Add(note.Start + i, value * left, value * right);
        }
    }

    private static (double Left, double Right) Pan(double pan) => (Maths.Cos((pan + 1) / 8), Maths.Sin((pan + 1) / 8));

    private static int Samples(double seconds) => (int)(seconds * Song.SampleRate);

    private static double Seconds(int samples) => samples / (double)Song.SampleRate;
}
