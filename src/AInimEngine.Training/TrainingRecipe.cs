namespace AInimEngine.Training;

/// <summary>Derives <see cref="TrainingSettings"/> from what a person chose and what the data are.</summary>
public static class TrainingRecipe
{
    /// <summary>Batch for a resolution: 16 up to 64 pixels, 8 above.</summary>
    public static int Batch(int resolution) => resolution <= 64 ? 16 : 8;

    /// <summary>The largest resolution that a picture fills: a power of two, not above its side, 16 at least.</summary>
    /// <param name="side">Pixels.</param>
    public static int LargestResolution(int side) => Math.Max(16, 1 << int.Log2(Math.Max(1, side)));

    /// <summary>Weight of the gradient penalty: 0.1 at 64 pixels, in proportion to the number of pixels, as Karras et al. 2020 ("ADA") have it.</summary>
    /// <remarks>Ten times as much left the discriminator of the flames too weak to tell anything after 12,000 pictures.</remarks>
    public static double R1Gamma(int resolution) => 0.1 * resolution * resolution / (64 * 64);

    /// <summary>Half-life of the running average in thousands of pictures: 10 for a batch of 32, in proportion for others.</summary>
    public static double AverageKimg(int batch) => 10.0 * batch / 32;

    /// <summary>Adam's learning rate of the generator after so many pictures: falls from its beginning to its end by equal ratios.</summary>
    public static double GeneratorRate(TrainingSettings settings, long imagesSeen)
    {
        if (settings.GeneratorRateEnd is not { } end)
            return settings.GeneratorRate;
        double width = settings.GeneratorFallEnd - settings.GeneratorFallBegin;
        double at = width <= 0 ? 1 : Math.Clamp((imagesSeen / 1000.0 - settings.GeneratorFallBegin) / width, 0, 1);
        return settings.GeneratorRate * Math.Pow(end / settings.GeneratorRate, at);
    }

    /// <summary>
    /// Rates of an SM generator. Ten times slower after its first forms: at the fast rate it outruns the discriminator, which then
    /// tells nothing (its loss stays at two times ln 2), and distances stay where they are.
    /// </summary>
    internal static TrainingSettings WithRates(TrainingSettings settings, bool goesOn) => goesOn
        ? settings with { GeneratorRate = SlowRate }
        : settings with { GeneratorRate = 10 * SlowRate, GeneratorRateEnd = SlowRate, GeneratorFallBegin = 8, GeneratorFallEnd = 24 };

    private const double SlowRate = 0.0001;
}
