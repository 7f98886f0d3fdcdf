using AInimEngine.Core.Time;
using AInimEngine.DemoTrack.Composition;

namespace AInimEngine.DemoTrack;

/// <summary>The track's grid: 122 beats a minute, four to the bar, eighteen bars and a tail.</summary>
public static class Song
{
    /// <summary>Hz.</summary>
    public const int SampleRate = 48000;

    /// <summary>Beats a minute.</summary>
    public const int Tempo = 122;

    /// <summary>Beats in a bar.</summary>
    public const int Meter = 4;

    /// <summary>Sixteenths in a bar.</summary>
    public const int StepsPerBar = 16;

    /// <summary>Bars with beats; what follows is the tail.</summary>
    public const int Bars = 18;

    /// <summary>Length of the whole track.</summary>
    public const int Samples = 39 * SampleRate;

    /// <summary>The parts, in order and without gaps.</summary>
    public static IReadOnlyList<Section> Sections { get; } =
    [
        new("intro", 0, 2),
        new("build", 2, 4),
        new("drop", 4, 8),
        new("break", 8, 12),
        new("drop", 12, 16),
        new("outro", 16, 18),
    ];

    private static readonly Rational _samplesPerStep = new(60L * SampleRate, Tempo * StepsPerBar / Meter);

    /// <summary>The sample nearest to sixteenth <paramref name="step"/> of bar <paramref name="bar"/>.</summary>
    public static int At(int bar, int step = 0) => (int)_samplesPerStep.RoundMultiply(bar * StepsPerBar + step);

    /// <summary>Length of a sixteenth in samples, for envelopes.</summary>
    public static double StepLength => _samplesPerStep.Value;

    /// <summary>Position in bars, with fractions, of a sample.</summary>
    public static double BarOf(int sample) => sample / (StepLength * StepsPerBar);
}
