using System.Numerics.Tensors;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural;
using Tensor = AInimEngine.Neural.Tensor;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Pictures as points by a small convolutional network whose weights are drawn once and for all: mean and deviation of every
/// channel after each of three layers. Networks with random weights rank generators much as trained ones do (arXiv
/// 2208.09218), need no download, and know nothing of photographs that fractals lack.
/// </summary>
internal sealed class RandomFeatures : IDisposable
{
    /// <summary>Values of a picture.</summary>
    public const int Length = 2 * (32 + 64 + 128);

    private const ulong Seed = 0x5EED_FEA7;
    private const int Largest = 64, Batch = 64;
    private const double Slope = 0.2;
    private static readonly (int In, int Out, int Kernel)[] s_layers = [(3, 32, 5), (32, 64, 3), (64, 128, 3)];
    private readonly Tensor[] _weights;
    private float[] _pictures = [];

    /// <summary>Draws the weights.</summary>
    public RandomFeatures()
    {
        _weights = new Tensor[s_layers.Length];
        for (int i = 0; i < s_layers.Length; i++)
        {
            (int inputs, int outputs, int kernel) = s_layers[i];
            var values = new float[outputs * inputs * kernel * kernel];
            Philox.Normal(Seed, (ulong)i, values);
            float scale = MathF.Sqrt(2f / (inputs * kernel * kernel));
            TensorPrimitives.Multiply(values, scale, values);
            _weights[i] = Tensor.From(values, outputs, inputs, kernel, kernel).DetachFromScope();
        }
    }

    /// <summary>The points of a stack.</summary>
    public FeatureTable Of(PictureStack stack)
    {
        var values = new float[stack.Count * Length];
        int size = 3 * stack.Resolution * stack.Resolution, batch = Math.Min(Batch, Math.Max(1, (1 << 24) / size));
        if (_pictures.Length < batch * size)
            _pictures = new float[batch * size];
        for (int first = 0; first < stack.Count; first += batch)
        {
            int count = Math.Min(batch, stack.Count - first);
            for (int i = 0; i < count; i++)
                stack.CopyTo(first + i, _pictures.AsSpan(i * size, size));
            using var scope = new TensorScope();
            using GradMode noGrad = Torch.NoGrad();
            Tensor x = Tensor.Borrow(_pictures.AsMemory(0, count * size), count, 3, stack.Resolution, stack.Resolution);
            if (stack.Resolution > Largest)
                x = x.AvgPool2d(stack.Resolution / Largest);
            List<Tensor> found = [];
            for (int layer = 0; layer < _weights.Length; layer++)
            {
                x = x.Conv2d(_weights[layer], stride: 2, padding: s_layers[layer].Kernel / 2).LeakyRelu(Slope);
                found.Add(x.Mean([2, 3]));
                found.Add(x.Var([2, 3], unbiased: false).Add(1e-8).Sqrt());
            }
            Torch.Cat([.. found], 1).Contiguous().CopyTo(values.AsSpan(first * Length, count * Length));
        }
        return new FeatureTable(values, Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor weight in _weights)
            weight.Dispose();
    }
}
