namespace AInimEngine.Neural.Networks;

/// <summary>
/// The mapping network of SG2 and SM (Karras et al. 2020): z, and where the model has classes their embedding, each of
/// unit mean square; then fully connected layers with leaky ReLU, whose stored weights are divided by a learning-rate
/// multiplier.
/// </summary>
internal static class MappingNetwork
{
    /// <summary>w of z, without truncation.</summary>
    /// <param name="network">Whose arrays "mapping.*" are used.</param>
    /// <param name="z">[N, z_dim].</param>
    /// <param name="classes">[N, classes], or null.</param>
    /// <returns>[N, w_dim].</returns>
    public static Tensor Map(StyleNetwork network, Tensor z, Tensor? classes)
    {
        using var scope = new TensorScope();
        Tensor x = Normalise(z);
        if (network.Shape.Classes > 0)
        {
            if (classes is null)
                throw new ArgumentException("a model with classes needs one", nameof(classes));
            Tensor embedded = Layer(network, "mapping.embed", classes, 1);
            x = Torch.Cat([x, Normalise(embedded)], 1);
        }
        for (int i = 0; i < network.Model.Card.MappingLayers; i++)
            x = Layer(network, $"mapping.fc{i}", x, network.Model.Card.MappingMultiplier).LeakyRelu(0.2).Mul(Math.Sqrt(2));
        return scope.Keep(x);
    }

    private static Tensor Layer(StyleNetwork network, string name, Tensor x, double multiplier)
    {
        double scale = multiplier / Math.Sqrt(x.Size(1));
        Tensor weight = network.Weights.Derive(name + ".weight", "scaled", w => w.Mul(scale));
        Tensor bias = network.Weights.Derive(name + ".bias", "scaled", b => b.Mul(multiplier));
        return x.Linear(weight, bias);
    }

    private static Tensor Normalise(Tensor x) => x.Mul(x.Square().Mean([1], true).Add(1e-8).Rsqrt());
}
