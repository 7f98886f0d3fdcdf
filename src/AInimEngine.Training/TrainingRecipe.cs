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
}
