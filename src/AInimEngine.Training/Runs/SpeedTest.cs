using AInimEngine.Neural;
using AInimEngine.Training.Data;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Runs;

/// <summary>A few steps on a trainer that is thrown away: how fast training is here, and in which precision.</summary>
internal static class SpeedTest
{
    private const int TimedSteps = 3;
    private const int LeastResolutionForBf16 = 32;

    // A step with the gradient penalty costs about so many plain steps more.
    private const double PenaltySteps = 1.5;
    private const double WorthIt = 0.95;

    /// <summary>Measures, and chooses bfloat16 where that is faster. Some seconds.</summary>
    /// <param name="settings">What will be computed.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="start">What it goes on from, or null.</param>
    /// <param name="device">Where.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="stop">Ends it between two steps.</param>
    /// <returns>Settings with the precision, and seconds a step, penalties in proportion.</returns>
    public static (TrainingSettings Settings, double StepSeconds) Choose(
        TrainingSettings settings, TrainingSet set, TrainingStart? start, Device device, TimeProvider clock, CancellationToken stop)
    {
        TrainingSettings single = settings with { Bf16 = false }, half = settings with { Bf16 = true };
        double singleSeconds = Seconds(single, set, start, device, clock, stop);
        if (settings.Resolution < LeastResolutionForBf16)
            return (single, singleSeconds);
        double halfSeconds = Seconds(half, set, start, device, clock, stop);
        return halfSeconds < WorthIt * singleSeconds ? (half, halfSeconds) : (single, singleSeconds);
    }

    /// <summary>Seconds a step of settings as they are.</summary>
    public static double Seconds(TrainingSettings settings, TrainingSet set, TrainingStart? start, Device device, TimeProvider clock, CancellationToken stop)
    {
        using Trainer trainer = Trainer.Create(settings, set, start, device);
        trainer.Step();
        trainer.Step();
        double best = double.PositiveInfinity;
        for (int i = 0; i < TimedSteps; i++)
        {
            stop.ThrowIfCancellationRequested();
            long began = clock.GetTimestamp();
            trainer.Step();
            best = Math.Min(best, clock.GetElapsedTime(began).TotalSeconds);
        }
        return best * (1 + PenaltySteps / settings.R1Every);
    }
}
