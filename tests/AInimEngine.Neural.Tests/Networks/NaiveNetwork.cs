using System.Runtime.InteropServices;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Tests.Networks;

/// <summary>
/// SG2 and SM in loops over doubles, straight from the formulas, sharing nothing with what is tested. One picture; planes
/// are [channel][y, x].
/// </summary>
internal sealed class NaiveNetwork(Model model)
{
    public static double[][,] Plane(int channels, int height, int width) =>
        [.. Enumerable.Range(0, channels).Select(_ => new double[height, width])];

    public double[][,] Sg2(double[][] ws, bool hasNoise)
    {
        double[][,] x = Shape(Values("synthesis.b4.const"), model.Card.Channels[0], 4);
        double[][,]? image = null;
        int latent = 0;
        for (int r = 4; r <= model.Card.Resolution; r *= 2)
        {
            string block = $"synthesis.b{r}";
            double gain = 1;
            double[][,]? shortcut = null;
            if (r > 4)
            {
                if (model.Card.Synthesis == "resnet")
                {
                    gain = Math.Sqrt(0.5);
                    double[][,] big = Upsample(x);
                    double[] mix = [.. Values(block + ".skip.weight").Select(v => v / Math.Sqrt(x.Length) * gain)];
                    shortcut = Correlate(big, mix, mix.Length / x.Length, 1, (_, _) => 0);
                }
                x = Layer(x, ws[latent++], block + ".conv0", true, 1, hasNoise);
            }
            x = Layer(x, ws[latent++], block + ".conv1", false, gain, hasNoise);
            if (shortcut is not null)
                x = Zip(shortcut, x);
            if (model.Card.Synthesis != "skip" && r != model.Card.Resolution)
                continue;
            double[][,] colours = ToRgb(x, ws[latent], block + ".torgb");
            image = image is null ? colours : Zip(Upsample(image), colours);
        }
        return image!;
    }

    public double[][,] Sm(double[][] ws)
    {
        int first = 2 * model.Card.Channels[0];
        double[] constant = Values("synthesis.const"), matrix = Values("synthesis.input.weight");
        double[][,] x = Shape([.. constant.Select((v, i) => v + Dot(matrix, i, ws[0]))], first, 4);
        x = Gate(x, ws[0], "synthesis.norm");
        int latent = 1;
        for (int r = 8; r <= model.Card.Resolution; r *= 2)
        {
            x = Bilinear(x);
            for (int part = 0; part < 2; part++)
            {
                double[] weight = Values($"synthesis.b{r}.conv{part}.weight");
                x = Gate(Correlate(x, weight, weight.Length / x.Length / 9, 3, Edge), ws[latent++], $"synthesis.b{r}.norm{part}");
            }
        }
        double[][,] image = Correlate(x, Values("synthesis.torgb.weight"), 3, 3, Edge);
        double[] bias = Values("synthesis.torgb.bias");
        return Map(image, (c, v) => v + bias[c]);
    }

    private double[][,] Layer(double[][,] x, double[] w, string name, bool up, double gain, bool hasNoise)
    {
        double[] styles = Affine(w, name), weight = Values(name + ".weight"), bias = Values(name + ".bias");
        int inputs = x.Length, outputs = bias.Length;
        var modulated = new double[weight.Length];
        for (int o = 0; o < outputs; o++)
        {
            double sum = 0;
            for (int j = 0; j < inputs * 9; j++)
            {
                double v = weight[o * inputs * 9 + j] * styles[j / 9];
                modulated[o * inputs * 9 + j] = v;
                sum += v * v;
            }
            for (int j = 0; j < inputs * 9; j++)
                modulated[o * inputs * 9 + j] /= Math.Sqrt(sum + 1e-8);
        }
        x = up ? Filter(Scatter(x, modulated, outputs), 1) : Correlate(x, modulated, outputs, 3, (_, _) => 0);
        int size = x[0].GetLength(0);
        double[] noise = Values(name + ".noise_const");
        double strength = hasNoise ? Values(name + ".noise_strength")[0] : 0;
        double clamp = (model.Card.ConvClamp ?? double.PositiveInfinity) * gain;
        for (int c = 0; c < outputs; c++)
            for (int i = 0; i < size * size; i++)
            {
                double v = x[c][i / size, i % size] + noise[i] * strength + bias[c];
                x[c][i / size, i % size] = Math.Clamp((v < 0 ? 0.2 * v : v) * Math.Sqrt(2) * gain, -clamp, clamp);
            }
        return x;
    }

    private double[][,] ToRgb(double[][,] x, double[] w, string name)
    {
        double[] styles = [.. Affine(w, name).Select(s => s / Math.Sqrt(x.Length))];
        double[] weight = [.. Values(name + ".weight").Select((v, i) => v * styles[i % x.Length])];
        double[] bias = Values(name + ".bias");
        double clamp = model.Card.ConvClamp ?? double.PositiveInfinity;
        return Map(Correlate(x, weight, 3, 1, (_, _) => 0), (c, v) => Math.Clamp(v + bias[c], -clamp, clamp));
    }

    private double[][,] Gate(double[][,] x, double[] w, string norm)
    {
        double[] mean = Values(norm + ".running_mean"), variance = Values(norm + ".running_var");
        double[] matrix = Values(norm + ".affine.weight"), bias = Values(norm + ".affine.bias");
        double[][,] y = Map(x, (c, v) => (v - mean[c]) / Math.Sqrt(variance[c] + 1e-5) * (Dot(matrix, c, w) + bias[c])
            + Dot(matrix, x.Length + c, w) + bias[x.Length + c]);
        int half = x.Length / 2;
        double[][,] gated = Plane(half, x[0].GetLength(0), x[0].GetLength(1));
        for (int c = 0; c < half; c++)
            for (int row = 0; row < gated[c].GetLength(0); row++)
                for (int column = 0; column < gated[c].GetLength(1); column++)
                    gated[c][row, column] = y[c][row, column] / (1 + Math.Exp(-y[half + c][row, column]));
        return gated;
    }

    // Every pixel drops its 3x3 stamp at twice its place.
    private static double[][,] Scatter(double[][,] x, double[] weight, int outputs)
    {
        int size = x[0].GetLength(0), inputs = x.Length;
        double[][,] y = Plane(outputs, 2 * size + 1, 2 * size + 1);
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < inputs; i++)
                for (int at = 0; at < size * size; at++)
                    for (int k = 0; k < 9; k++)
                        y[o][at / size * 2 + k / 3, at % size * 2 + k % 3] += x[i][at / size, at % size] * weight[(o * inputs + i) * 9 + k];
        return y;
    }

    private static double[][,] Upsample(double[][,] x)
    {
        int size = x[0].GetLength(0);
        double[][,] spread = Plane(x.Length, 2 * size, 2 * size);
        for (int c = 0; c < x.Length; c++)
            for (int at = 0; at < size * size; at++)
                spread[c][at / size * 2, at % size * 2] = x[c][at / size, at % size];
        return Filter(spread, 2, 2 * size);
    }

    // [1, 3, 3, 1] / 8 both ways, times 4, with so many zeros before.
    private static double[][,] Filter(double[][,] x, int before, int? target = null)
    {
        double[] f = [0.25, 0.75, 0.75, 0.25];
        int size = x[0].GetLength(0), result = target ?? size - 1;
        double[][,] y = Plane(x.Length, result, result);
        for (int c = 0; c < x.Length; c++)
            for (int row = 0; row < result; row++)
                for (int column = 0; column < result; column++)
                    for (int k = 0; k < 16; k++)
                    {
                        int a = row + k / 4 - before, b = column + k % 4 - before;
                        if (a >= 0 && a < size && b >= 0 && b < size)
                            y[c][row, column] += f[k / 4] * f[k % 4] * x[c][a, b];
                    }
        return y;
    }

    private static double[][,] Correlate(double[][,] x, double[] weight, int outputs, int kernel, Func<double[,], (int Row, int Column), double> outside)
    {
        int size = x[0].GetLength(0), inputs = x.Length;
        double[][,] y = Plane(outputs, size, size);
        for (int o = 0; o < outputs; o++)
            for (int i = 0; i < inputs; i++)
                for (int at = 0; at < size * size; at++)
                    for (int k = 0; k < kernel * kernel; k++)
                    {
                        int row = at / size + k / kernel - kernel / 2, column = at % size + k % kernel - kernel / 2;
                        bool inside = row >= 0 && row < size && column >= 0 && column < size;
                        double v = inside ? x[i][row, column] : outside(x[i], (row, column));
                        y[o][at / size, at % size] += v * weight[((o * inputs + i) * kernel * kernel) + k];
                    }
        return y;
    }

    private static double Edge(double[,] plane, (int Row, int Column) at) =>
        plane[Math.Clamp(at.Row, 0, plane.GetLength(0) - 1), Math.Clamp(at.Column, 0, plane.GetLength(1) - 1)];

    private static double[][,] Bilinear(double[][,] x)
    {
        int size = x[0].GetLength(0);
        double[][,] y = Plane(x.Length, 2 * size, 2 * size);
        for (int c = 0; c < x.Length; c++)
            for (int at = 0; at < 4 * size * size; at++)
            {
                double row = Math.Max(0, (at / (2 * size) + 0.5) / 2 - 0.5), column = Math.Max(0, (at % (2 * size) + 0.5) / 2 - 0.5);
                int top = (int)row, left = (int)column;
                double down = row - top, right = column - left;
                y[c][at / (2 * size), at % (2 * size)] =
                    (1 - down) * ((1 - right) * Edge(x[c], (top, left)) + right * Edge(x[c], (top, left + 1)))
                    + down * ((1 - right) * Edge(x[c], (top + 1, left)) + right * Edge(x[c], (top + 1, left + 1)));
            }
        return y;
    }

    private static double[][,] Map(double[][,] x, Func<int, double, double> function)
    {
        int height = x[0].GetLength(0), width = x[0].GetLength(1);
        double[][,] y = Plane(x.Length, height, width);
        for (int c = 0; c < x.Length; c++)
            for (int at = 0; at < height * width; at++)
                y[c][at / width, at % width] = function(c, x[c][at / width, at % width]);
        return y;
    }

    private static double[][,] Zip(double[][,] left, double[][,] right)
    {
        int width = left[0].GetLength(1);
        double[][,] y = Plane(left.Length, left[0].GetLength(0), width);
        for (int c = 0; c < left.Length; c++)
            for (int at = 0; at < left[c].Length; at++)
                y[c][at / width, at % width] = left[c][at / width, at % width] + right[c][at / width, at % width];
        return y;
    }

    private static double[][,] Shape(double[] values, int channels, int size)
    {
        double[][,] y = Plane(channels, size, size);
        for (int i = 0; i < values.Length; i++)
            y[i / (size * size)][i / size % size, i % size] = values[i];
        return y;
    }

    private double[] Affine(double[] w, string name)
    {
        double[] matrix = Values(name + ".affine.weight"), bias = Values(name + ".affine.bias");
        return [.. bias.Select((b, row) => Dot(matrix, row, w) / Math.Sqrt(w.Length) + b)];
    }

    private static double Dot(double[] matrix, int row, double[] vector)
    {
        double sum = 0;
        for (int i = 0; i < vector.Length; i++)
            sum += matrix[row * vector.Length + i] * vector[i];
        return sum;
    }

    private double[] Values(string name) => [.. MemoryMarshal.Cast<byte, float>(model[name].Data.Span).ToArray().Select(v => (double)v)];
}
