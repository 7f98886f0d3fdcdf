namespace AInimEngine.Neural.Networks;

/// <summary>The statistics that SM normalises with while it plays: they must be those of its own activations.</summary>
public static class SmStatistics
{
    /// <summary>Whether an array's name is that of a stored mean or variance.</summary>
    public static bool IsStatistic(string name) =>
        name.EndsWith(".running_mean", StringComparison.Ordinal) || name.EndsWith(".running_var", StringComparison.Ordinal);

    /// <summary>
    /// Replaces every mean and variance by those of one batch, layer by layer, so that each layer is measured behind
    /// layers that were.
    /// </summary>
    /// <param name="network">A network that has not synthesised before: what it worked out from statistics would be old.</param>
    /// <param name="ws">[N, layers, w_dim]; dozens, as many as memory allows.</param>
    public static void Measure(SmNetwork network, Tensor ws)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        network.Synthesize(ws, (norm, x) =>
        {
            network.Weights[norm + ".running_mean"].Copy_(x.Mean([0, 2, 3]));
            network.Weights[norm + ".running_var"].Copy_(x.Var([0, 2, 3]));
        });
    }
}
