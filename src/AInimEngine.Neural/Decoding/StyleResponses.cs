using System.Globalization;
using System.Numerics.Tensors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// How much a model's picture answers to each latent layer: root-mean-square change of its pixels (0..1) for a small step
/// towards another point of the prior, per unit of that step. Layers of high resolution are measured at the resolution that
/// is played, those far below it at a quarter of that where the network can stop early, so that the largest models take
/// seconds. Rounded to three digits and kept by the model's hash, so that they do not change.
/// </summary>
public static class StyleResponses
{
    private const int Version = 2;
    private const ulong PointStream = 0x7265_7370_6F6E_7365;
    private const float Step = 0.05f;

    // Layers that this resolution does not reach: their motion is neither seen nor counted.
    private const float Unseen = 1e-6f;
    private const int LargeModel = 10_000_000, SmallResolution = 64, SplitResolution = 128;

    /// <summary>The responses, from the card, from the cache, or measured.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="settings">Where it stops, and where the cache is.</param>
    public static IReadOnlyList<float> Of(Model model, StyleShape shape, StyleGeneratorSettings settings)
    {
        if (model.Card.ImageChangePerUnit.Count == shape.Layers && model.Card.ImageChangePerUnit.All(change => change > 0 && float.IsFinite(change)))
            return model.Card.ImageChangePerUnit;
        string? file = settings.CacheFolder is { } folder
            ? Path.Combine(folder, $"responses-{Version}-{ModelHash.Of(model)[..32]}-{settings.Resolution}-{settings.Class?.ToString(CultureInfo.InvariantCulture) ?? "all"}.txt")
            : null;
        if (file is not null && Read(file, shape.Layers) is { } known)
            return known;
        float[] measured = Measure(model, shape, settings);
        if (file is not null)
            Write(file, measured);
        return measured;
    }

    /// <summary>Measures in fp32, without noise and bends. Deterministic.</summary>
    public static float[] Measure(Model model, StyleShape shape, StyleGeneratorSettings settings)
    {
        var prior = new StylePrior(model, settings.Class);
        bool exits = model.Card.Architecture == ModelArchitecture.Sg2 && model.Card.Synthesis == "skip";
        int low = exits && settings.Resolution >= SplitResolution ? settings.Resolution / 4 : settings.Resolution;
        var squares = new double[shape.Layers];
        if (low < settings.Resolution)
            Accumulate(model, settings, prior, squares, low, layer => shape.LayerResolutions[layer] <= low);
        Accumulate(model, settings, prior, squares, settings.Resolution, layer => shape.LayerResolutions[layer] <= settings.Resolution && (low == settings.Resolution || shape.LayerResolutions[layer] > low));
        return [.. squares.Select(square => Round(Math.Max(Math.Sqrt(square), Unseen)))];
    }

    private static void Accumulate(Model model, StyleGeneratorSettings settings, StylePrior prior, double[] squares, int resolution, Func<int, bool> chosen)
    {
        using StyleDecoder decoder = StyleDecoder.Create(model, new DecodeSettings
        {
            Resolution = resolution == model.Card.Resolution ? null : resolution,
            Noise = NoiseMode.None,
            Device = settings.Device,
        });
        int layers = decoder.Shape.Layers, width = decoder.Shape.WDim;
        bool large = model.Arrays.Sum(array => array.Count) > LargeModel, small = resolution <= SmallResolution;
        int points = large ? (small ? 3 : 2) : small ? 8 : 4;
        var here = new float[3 * decoder.Width * decoder.Height];
        var there = new float[here.Length];
        float[] ws = new float[layers * width], w = new float[width], other = new float[width], controls = [1, 0];
        for (int point = 0; point < points; point++)
        {
            prior.Sample(Philox.Hash(PointStream, 0, (ulong)point), w);
            for (int layer = 0; layer < layers; layer++)
                w.CopyTo(ws, layer * width);
            Picture(here);
            for (int layer = 0; layer < layers; layer++)
            {
                if (!chosen(layer))
                    continue;
                prior.Sample(Philox.Hash(PointStream, 1 + (ulong)layer, (ulong)point), other);
                double length = Step * TensorPrimitives.Distance<float>(w, other);
                Span<float> row = ws.AsSpan(layer * width, width);
                TensorPrimitives.Lerp(w, other, Step, row);
                Picture(there);
                w.CopyTo(row);
                double distance = TensorPrimitives.Distance<float>(here, there);
                squares[layer] += distance * distance / here.Length / (length * length) / points;
            }
        }

        void Picture(float[] planes)
        {
            decoder.Decode(ws, controls, planes);
            TensorPrimitives.Multiply(planes, 0.5f, planes);
            TensorPrimitives.Clamp(planes, -0.5f, 0.5f, planes);
        }
    }

    private static float Round(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 2);
        return (float)(Math.Round(value / unit) * unit);
    }

    private static float[]? Read(string file, int layers)
    {
        try
        {
            string[] lines = File.ReadAllLines(file);
            var values = new float[layers];
            if (lines.Length != layers)
                return null;
            for (int i = 0; i < layers; i++)
                if (!float.TryParse(lines[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !(values[i] > 0) || !float.IsFinite(values[i]))
                    return null;
            return values;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What cannot be kept is measured again.
    private static void Write(string file, float[] values)
    {
        string partial = $"{file}.{Environment.ProcessId}.partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(partial, values.Select(value => value.ToString("r", CultureInfo.InvariantCulture)));
            File.Move(partial, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            PartialFile.Discard(partial);
        }
    }
}
