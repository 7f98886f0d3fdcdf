using System.Numerics.Tensors;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// A model's prior: seeds to w, by its mapping network in managed memory, so that playing a model takes no second copy of
/// its weights. The same as <see cref="Networks.StyleNetwork.Map"/> up to rounding. Not for the frame path: it allocates.
/// </summary>
public sealed class StylePrior
{
    private const ulong ClassStream = 0x636C_6173_73;
    private const int MeanSamples = 10_000;
    private readonly ModelCard _card;
    private readonly Dense[] _layers;
    private readonly Dense? _embedding;

    /// <summary>Takes the arrays that it needs.</summary>
    /// <param name="model">A checked model.</param>
    /// <param name="fixedClass">The class of every point; null draws one for each, where the model has classes.</param>
    public StylePrior(Model model, int? fixedClass = null)
    {
        _card = model.Card;
        FixedClass = fixedClass;
        if (fixedClass is { } number && (number < 0 || number >= Math.Max(1, _card.Classes)))
            throw new ArgumentOutOfRangeException(nameof(fixedClass), number, $"the model has {_card.Classes} classes");
        bool isMapped = _card.Architecture != ModelArchitecture.FastGan;
        _layers = isMapped ? [.. Enumerable.Range(0, _card.MappingLayers).Select(i => new Dense(model, $"mapping.fc{i}", _card.MappingMultiplier))] : [];
        _embedding = isMapped && _card.Classes > 0 ? new Dense(model, "mapping.embed", 1) : null;
        Mean = model.Find("mapping.w_avg") is { } mean ? mean.ToSingles() : isMapped ? MeasureMean() : new float[_card.WDim];
    }

    /// <summary>The class of every point; null where they are drawn, or where there are none.</summary>
    public int? FixedClass { get; }

    /// <summary>Mean of w over the prior, [w_dim]: the running mean of training, or of 10,000 points.</summary>
    public float[] Mean { get; }

    /// <summary>The class that a seed draws; the fixed one where there is one, 0 where there are no classes.</summary>
    public int ClassOf(ulong seed) => FixedClass ?? (_card.Classes > 0 ? (int)(Philox.Hash(seed, ClassStream, 0) % (ulong)_card.Classes) : 0);

    /// <summary>w of a seed, whose z is <c>Philox.Normal(seed, 0)</c>.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="w">[w_dim], overwritten.</param>
    public void Sample(ulong seed, Span<float> w)
    {
        var x = new float[_card.ZDim];
        Philox.Normal(seed, 0, x);
        if (_layers.Length == 0)
        {
            x.AsSpan(0, w.Length).CopyTo(w);
            return;
        }
        Normalise(x);
        if (_embedding is not null)
        {
            float[] embedded = _embedding.Column(ClassOf(seed));
            Normalise(embedded);
            x = [.. x, .. embedded];
        }
        foreach (Dense layer in _layers)
            x = layer.Apply(x);
        x.CopyTo(w);
    }

    private float[] MeasureMean()
    {
        var sum = new double[_card.WDim];
        var w = new float[_card.WDim];
        for (int i = 0; i < MeanSamples; i++)
        {
            Sample(Philox.Hash(0, ClassStream, (ulong)i), w);
            for (int k = 0; k < w.Length; k++)
                sum[k] += w[k];
        }
        return [.. sum.Select(value => (float)(value / MeanSamples))];
    }

    private static void Normalise(float[] x) =>
        TensorPrimitives.Multiply(x, 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(x) / x.Length + 1e-8f), x);

    // A fully connected layer with its learning-rate multiplier folded in.
    private sealed class Dense
    {
        private readonly float[] _weight, _bias;
        private readonly int _inputs;

        public Dense(Model model, string name, double multiplier)
        {
            WeightArray weight = model[name + ".weight"];
            _inputs = (int)weight.Shape[1];
            _weight = weight.ToSingles();
            _bias = model[name + ".bias"].ToSingles();
            TensorPrimitives.Multiply(_weight, (float)(multiplier / Math.Sqrt(_inputs)), _weight);
            TensorPrimitives.Multiply(_bias, (float)multiplier, _bias);
        }

        /// <summary>Leaky ReLU of 0.2, times the root of two.</summary>
        public float[] Apply(float[] x)
        {
            var y = new float[_bias.Length];
            for (int o = 0; o < y.Length; o++)
            {
                float sum = TensorPrimitives.Dot(_weight.AsSpan(o * _inputs, _inputs), x) + _bias[o];
                y[o] = (sum > 0 ? sum : 0.2f * sum) * MathF.Sqrt(2);
            }
            return y;
        }

        /// <summary>Of one input that is 1, without activation.</summary>
        public float[] Column(int input) => [.. _bias.Select((bias, o) => _weight[o * _inputs + input] + bias)];
    }
}
