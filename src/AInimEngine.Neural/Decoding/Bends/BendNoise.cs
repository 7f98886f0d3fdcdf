using AInimEngine.Core.Randomness;

namespace AInimEngine.Neural.Decoding.Bends;

/// <summary>
/// The fixed noise of a bend: one map for all channels, as StyleGAN2 has one a layer, and a sign for each, so that it
/// stays small at any number of channels.
/// </summary>
internal static class BendNoise
{
    private const ulong MapStream = 0x6E6F6973, SignStream = MapStream + 1; // "nois"

    /// <summary>Values of mean 0 and variance 1, row by row.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="grain">Deviation of the Gaussian that smooths them, pixels; 0 leaves them white.</param>
    public static float[] Map(ulong seed, int height, int width, double grain)
    {
        var map = new float[height * width];
        Philox.Normal(seed, MapStream, map);
        if (grain > 0)
        {
            double[] kernel = Kernel(grain);
            map = Blur(map, height, width, 1, kernel);
            map = Blur(map, height, width, width, kernel);
        }
        double mean = 0, square = 0;
        foreach (float value in map)
            mean += value / (double)map.Length;
        foreach (float value in map)
            square += (value - mean) * (value - mean) / map.Length;
        // A single pixel has no deviation.
        double scale = square > 0 ? 1 / Math.Sqrt(square) : 0;
        for (int i = 0; i < map.Length; i++)
            map[i] = (float)((map[i] - mean) * scale);
        return map;
    }

    /// <summary>1 or -1 for a channel.</summary>
    public static float Sign(ulong seed, int channel) => (Philox.Hash(seed, SignStream, (ulong)channel) & 1) == 0 ? 1 : -1;

    private static double[] Kernel(double grain)
    {
        int radius = (int)Math.Ceiling(3 * grain);
        var kernel = new double[2 * radius + 1];
        for (int i = 0; i < kernel.Length; i++)
            kernel[i] = Math.Exp(-0.5 * (i - radius) * (i - radius) / (grain * grain));
        return kernel;
    }

    // Along rows (step 1) or columns (step width). Around the edges, so that the variance is the same everywhere.
    private static float[] Blur(float[] map, int height, int width, int step, double[] kernel)
    {
        var blurred = new float[map.Length];
        int length = step == 1 ? width : height, radius = kernel.Length / 2;
        for (int i = 0; i < map.Length; i++)
        {
            int place = i / step % length, start = i - place * step;
            double sum = 0;
            for (int k = -radius; k <= radius; k++)
                sum += kernel[k + radius] * map[start + ((place + k) % length + length) % length * step];
            blurred[i] = (float)sum;
        }
        return blurred;
    }
}
