using AInimEngine.Core.Randomness;
using AInimEngine.Training.Data;
using AInimEngine.Training.Measures;

namespace AInimEngine.Training.Tests.Measures;

/// <summary>Made-up pictures: three soft coloured spots on a dark ground, each picture a pure function of seed and index.</summary>
internal static class Blobs
{
    private const int Spots = 3;

    public static byte[] Pixels(int count, int resolution, ulong seed, float size = 0.15f)
    {
        var pixels = new byte[count * 3 * resolution * resolution];
        var draws = new float[Spots * 6];
        for (int i = 0, at = 0; i < count; i++)
        {
            Philox.Uniform(seed, (ulong)i, draws);
            for (int c = 0; c < 3; c++)
            {
                for (int y = 0; y < resolution; y++)
                {
                    for (int x = 0; x < resolution; x++, at++)
                        pixels[at] = Value(draws, c, (x + 0.5f) / resolution, (y + 0.5f) / resolution, size);
                }
            }
        }
        return pixels;
    }

    public static ArrayTrainingSet Set(int count, int resolution, ulong seed, float size = 0.15f) => new(Pixels(count, resolution, seed, size), resolution);

    public static PictureStack Stack(int count, int resolution, ulong seed, float size = 0.15f)
    {
        var stack = new PictureStack(resolution, count);
        stack.Add(Pixels(count, resolution, seed, size));
        return stack;
    }

    private static byte Value(float[] draws, int channel, float x, float y, float size)
    {
        float sum = 0.05f;
        for (int spot = 0; spot < Spots; spot++)
        {
            ReadOnlySpan<float> draw = draws.AsSpan(spot * 6, 6);
            float dx = x - draw[0], dy = y - draw[1], width = size * (0.5f + draw[2]);
            sum += draw[3 + channel] * MathF.Exp(-(dx * dx + dy * dy) / (2 * width * width));
        }
        return (byte)(255 * Math.Min(1, sum));
    }
}
