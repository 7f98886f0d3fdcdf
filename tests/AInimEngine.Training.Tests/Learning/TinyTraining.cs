using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Learning;

/// <summary>Trainings that take milliseconds a step.</summary>
internal static class TinyTraining
{
    public static TrainingSettings Settings => new()
    {
        Resolution = 16,
        Width = 64,
        MostChannels = 16,
        LatentSize = 8,
        Batch = 4,
        R1Every = 4,
        Kimg = 1,
        AverageKimg = 0.05,
        Seed = 5,
    };

    public static TrainingSettings Sg2 => Settings with { Architecture = ModelArchitecture.Sg2, PathLengthWeight = 2, GeneratorRate = 0.002 };

    /// <summary>Smooth coloured pictures, each of its own class number modulo <paramref name="classes"/>.</summary>
    public static ArrayTrainingSet Pictures(int count = 12, int resolution = 16, int classes = 0)
    {
        var pixels = new byte[count * 3 * resolution * resolution];
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % resolution, y = i / resolution % resolution, plane = i / (resolution * resolution);
            float phase = 6.28f * Philox.Uniform(1, 0, (ulong)plane), pace = 6 * Philox.Uniform(2, 0, (ulong)plane / 3);
            pixels[i] = (byte)(127 + 120 * MathF.Sin(phase + pace * (x + 2 * y) / resolution));
        }
        return classes == 0
            ? new ArrayTrainingSet(pixels, resolution)
            : new ArrayTrainingSet(pixels, resolution, [.. Enumerable.Range(0, count).Select(i => i % classes)], [.. Enumerable.Range(0, classes).Select(i => $"class {i}")]);
    }
}
