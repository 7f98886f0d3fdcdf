using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Runs;

/// <summary>Losses summed since the last measure; part of a checkpoint, so that a resumed run logs the same means. Immutable.</summary>
public sealed record LossSums
{
    /// <summary>Nothing yet.</summary>
    public static LossSums Empty { get; } = new();

    /// <summary>Steps that are in.</summary>
    public long Steps { get; init; }

    /// <summary>Sum of the generator's losses.</summary>
    public double Generator { get; init; }

    /// <summary>Sum of the discriminator's losses.</summary>
    public double Discriminator { get; init; }

    /// <summary>Sum of the signs of the discriminator's answers to real pictures.</summary>
    public double RealSign { get; init; }

    /// <summary>Sum of gradient penalties.</summary>
    public double R1 { get; init; }

    /// <summary>Steps that had one.</summary>
    public long R1Steps { get; init; }

    /// <summary>Sum of the style head's losses.</summary>
    public double Creative { get; init; }

    /// <summary>Steps that had one.</summary>
    public long CreativeSteps { get; init; }

    /// <summary>How long the steps took.</summary>
    public double Seconds { get; init; }

    /// <summary>With another step.</summary>
    /// <param name="losses">Of the step.</param>
    /// <param name="seconds">How long it took.</param>
    public LossSums Add(StepLosses losses, double seconds) => this with
    {
        Steps = Steps + 1,
        Seconds = Seconds + seconds,
        Generator = Generator + losses.Generator,
        Discriminator = Discriminator + losses.Discriminator,
        RealSign = RealSign + losses.RealSign,
        R1 = R1 + (double.IsNaN(losses.R1) ? 0 : losses.R1),
        R1Steps = R1Steps + (double.IsNaN(losses.R1) ? 0 : 1),
        Creative = Creative + (double.IsNaN(losses.Creative) ? 0 : losses.Creative),
        CreativeSteps = CreativeSteps + (double.IsNaN(losses.Creative) ? 0 : 1),
    };

    /// <summary>Means over the steps; NaN where there was none.</summary>
    /// <param name="step">The last step, which the means are given.</param>
    public StepLosses Mean(long step) => new(
        step, Generator / Steps, Discriminator / Steps, R1 / R1Steps, RealSign / Steps, Creative / CreativeSteps);
}
