using AInimEngine.DemoTrack.Synthesis;

namespace AInimEngine.DemoTrack.Mixing;

/// <summary>
/// A hall: four all-passes a side smear the input, then eight delay lines feed each other through a Hadamard matrix
/// (Jot and Chaigne 1991), each losing treble as it goes round; two of them breathe a little.
/// </summary>
public static class Reverb
{
    private static readonly int[] _lines = [1433, 1777, 2129, 2521, 2903, 3307, 3677, 4093]; // primes, 30 to 85 ms
    private static readonly int[] _diffusers = [151, 241, 389, 557];

    /// <summary>The wet sound of <paramref name="input"/>.</summary>
    /// <param name="input">Sends, already without bass.</param>
    /// <param name="seconds">Time to fall by 60 dB.</param>
    /// <param name="damping">0..1: how much treble is lost on each round.</param>
    public static Bus Of(Bus input, double seconds, double damping)
    {
        var wet = new Bus();
        var delays = new float[_lines.Length][];
        var gains = new double[_lines.Length];
        for (int k = 0; k < _lines.Length; k++)
        {
            delays[k] = new float[_lines[k] + 64];
            gains[k] = Maths.Exp2(-9.965784 * _lines[k] / (seconds * Song.SampleRate)); // 60 dB = 2^9.966
        }
        var positions = new int[_lines.Length];
        double[] damped = new double[_lines.Length], outputs = new double[_lines.Length];
        var diffusers = new float[2][][];
        for (int side = 0; side < 2; side++)
            diffusers[side] = [.. _diffusers.Select(length => new float[length + side * 13])];
        var diffuserPositions = new int[2, _diffusers.Length];
        const int PreDelay = 960;

        for (int i = 0; i < Song.Samples; i++)
        {
            double left = i >= PreDelay ? input.Left[i - PreDelay] : 0, right = i >= PreDelay ? input.Right[i - PreDelay] : 0;
            left = Diffuse(diffusers[0], diffuserPositions, 0, left);
            right = Diffuse(diffusers[1], diffuserPositions, 1, right);

            for (int k = 0; k < _lines.Length; k++)
            {
                // Read _lines[k] samples back; lines 2 and 5 up to 20 samples further, slowly.
                double back = _lines[k];
                if (k is 2 or 5)
                    back += 20 + 20 * Maths.Sin(i * (k == 2 ? 0.63 : 0.81) / Song.SampleRate);
                int whole = (int)back;
                double fraction = back - whole;
                float[] line = delays[k];
                int first = (positions[k] - whole + 2 * line.Length) % line.Length;
                int second = (first - 1 + line.Length) % line.Length;
                double value = line[first] * (1 - fraction) + line[second] * fraction;
                damped[k] += (value - damped[k]) * (1 - damping);
                outputs[k] = damped[k] * gains[k];
            }
            double mixedLeft = 0, mixedRight = 0;
            for (int k = 0; k < _lines.Length; k++)
            {
                mixedLeft += (k % 2 == 0 ? 1 : 0.15) * outputs[k] * (k % 4 < 2 ? 1 : -1);
                mixedRight += (k % 2 == 1 ? 1 : 0.15) * outputs[k] * (k % 4 < 2 ? 1 : -1);
            }
            Hadamard(outputs);
            for (int k = 0; k < _lines.Length; k++)
            {
                delays[k][positions[k]] = (float)(outputs[k] + (k % 2 == 0 ? left : right) * 0.5);
                positions[k] = (positions[k] + 1) % delays[k].Length;
            }
            wet.Left[i] = (float)(mixedLeft * 0.6);
            wet.Right[i] = (float)(mixedRight * 0.6);
        }
        return wet;
    }

    private static double Diffuse(float[][] lines, int[,] positions, int side, double input)
    {
        for (int k = 0; k < lines.Length; k++)
        {
            float[] line = lines[k];
            int position = positions[side, k];
            double delayed = line[position];
            double stored = input + 0.62 * delayed;
            line[position] = (float)stored;
            input = delayed - 0.62 * stored;
            positions[side, k] = (position + 1) % line.Length;
        }
        return input;
    }

    // In place, orthogonal: eight values, three rounds of butterflies.
    private static void Hadamard(double[] v)
    {
        for (int half = 1; half < 8; half *= 2)
        {
            for (int i = 0; i < 8; i += 2 * half)
            {
                for (int j = i; j < i + half; j++)
                    (v[j], v[j + half]) = (v[j] + v[j + half], v[j] - v[j + half]);
            }
        }
        for (int i = 0; i < 8; i++)
            v[i] *= 0.353553390593273762; // 1 / sqrt 8
    }
}
