using AInimEngine.Core.Randomness;
using AInimEngine.Engine.Hearing;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>Sounds whose truth is known, written and listened to once for all tests.</summary>
public sealed class Tracks : IDisposable
{
    private const int Rate = 48000;
    private readonly ScratchFolder _folder = new();
    private readonly Lazy<Track> _tune, _silence, _flawed;

    /// <summary>Nothing is written before somebody asks.</summary>
    public Tracks()
    {
        _tune = Make("tune", () => Tune(6));
        _silence = Make("silence", () => new float[6 * Rate]);
        _flawed = Make("flawed", Flawed);
    }

    /// <summary>Six seconds: a chord that changes, a kick every half second, a noise tick between.</summary>
    internal Track TheTune => _tune.Value;

    /// <summary>Six seconds of digital silence.</summary>
    internal Track Silence => _silence.Value;

    /// <summary>The tune for 1.6 s with ten samples that are no numbers: who reads on after its end is warned there.</summary>
    internal Track FlawedTune => _flawed.Value;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private Lazy<Track> Make(string name, Func<float[]> samples) => new(() =>
    {
        string path = WriteWav(_folder[name + ".wav"], samples());
        return new Track(path, new TrackAnalyzer(cache: null, new Warnings()).Analyze(path, progress: null, CancellationToken.None));
    });

    private static float[] Flawed()
    {
        float[] samples = Tune(1.6);
        samples.AsSpan(1000, 10).Fill(float.NaN);
        return samples;
    }

    private static float[] Tune(double seconds)
    {
        double[] chords = [220, 293.66, 246.94, 329.63];
        var samples = new float[(int)Math.Round(seconds * Rate)];
        for (int i = 0; i < samples.Length; i++)
        {
            double t = (double)i / Rate, beat = t % 0.5, tick = (t + 0.25) % 0.5, chord = chords[(int)t % chords.Length];
            double pad = 0.12 * Math.Sin(2 * Math.PI * chord * t) + 0.08 * Math.Sin(3 * Math.PI * chord * t);
            double kick = 0.7 * Math.Exp(-beat * 18) * Math.Sin(2 * Math.PI * (50 * beat + 4 * (1 - Math.Exp(-beat * 40))));
            double hat = 0.2 * Math.Exp(-tick * 60) * (Philox.Uniform(1, 4, (ulong)i) * 2 - 1);
            samples[i] = (float)(pad + kick + hat);
        }
        return samples;
    }

    private static string WriteWav(string path, float[] mono)
    {
        using var writer = new BinaryWriter(File.Create(path));
        int bytes = mono.Length * sizeof(float);
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)3);
        writer.Write((short)1);
        writer.Write(Rate);
        writer.Write(Rate * sizeof(float));
        writer.Write((short)sizeof(float));
        writer.Write((short)32);
        writer.Write("data"u8);
        writer.Write(bytes);
        foreach (float sample in mono)
            writer.Write(sample);
        return path;
    }
}
