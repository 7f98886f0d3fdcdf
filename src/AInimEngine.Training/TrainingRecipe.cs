namespace AInimEngine.Training;

/// <summary>Derives <see cref="TrainingSettings"/> from what a person chose and what the data are.</summary>
public static class TrainingRecipe
{
    /// <summary>Batch for a resolution: 16 up to 64 pixels, 8 above.</summary>
    public static int Batch(int resolution) => resolution <= 64 ? 16 : 8;

    /// <summary>The largest resolution that a picture fills: a power of two, not above its side, 16 at least.</summary>
    /// <param name="side">Pixels.</param>
    public static int LargestResolution(int side) => Math.Max(16, 1 << int.Log2(Math.Max(1, side)));

    /// <summary>Weight of the gradient penalty on a CPU-sized network: 1 up to 64 pixels, 2 at 128, twice as much an octave.</summary>
    public static double R1Gamma(int resolution) => Math.Max(1, resolution / 64.0);

    /// <summary>Half-life of the running average in thousands of pictures: 10 for a batch of 32, in proportion for others.</summary>
    public static double AverageKimg(int batch) => 10.0 * batch / 32;
}
