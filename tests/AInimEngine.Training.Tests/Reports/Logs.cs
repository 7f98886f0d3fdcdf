using AInimEngine.Training.Measures;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Tests.Reports;

/// <summary>Made-up lines of a log.</summary>
internal static class Logs
{
    public static QualityReport Quality(double swd, double memorisation = 1, double diversity = 0.9, double copied = 0) => new()
    {
        Pictures = 700,
        Swd = [swd, swd + 1, swd - 1],
        Floor = [14.25, 15, 33],
        Memorisation = memorisation,
        CopiedShare = copied,
        Diversity = diversity,
        PixelDeviation = 0.95,
        Precision = 0.7,
        Recall = 0.4,
        KernelDistance = 12.5,
        Nearest = [new Neighbour(3, 5, true, 0.21), new Neighbour(1, 2, false, 0.5)],
    };

    public static TrainingRecord Line(long step, QualityReport? quality = null, double realSign = 0.5) => new()
    {
        Step = step,
        Kimg = step * 16 / 1000.0,
        Seconds = step * 0.6,
        PicturesPerSecond = 27.3,
        Generator = 1.1,
        Discriminator = 0.9,
        R1 = 0.01,
        RealSign = realSign,
        MemoryBytes = 900L << 20,
        Quality = quality,
    };

    public static TrainingRecord[] Run(params double[] distances) => [.. distances.Select((distance, i) => Line(100 * (i + 1), Quality(distance)))];
}
