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

    /// <summary>
    /// Replaces every mean and variance by those of many batches together, each batch normalised by its own as in training.
    /// One batch gives what <see cref="NetworkOptions.BatchStatistics"/> shows of it.
    /// </summary>
    /// <param name="network">A network with <see cref="NetworkOptions.BatchStatistics"/>.</param>
    /// <param name="batches">[N, layers, w_dim] each, of one N; disposed when they were used.</param>
    public static void Measure(SmNetwork network, IEnumerable<Tensor> batches)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        var sums = new Dictionary<string, (Tensor Mean, Tensor Square)>(StringComparer.Ordinal);
        int count = 0;
        foreach (Tensor ws in batches)
        {
            using (ws)
            using (new TensorScope())
                network.Synthesize(ws, Add);
            count++;
        }
        foreach ((string norm, (Tensor mean, Tensor square)) in sums)
        {
            mean.Div_(count);
            network.Weights[norm + ".running_mean"].Copy_(mean);
            network.Weights[norm + ".running_var"].Copy_(square.Div_(count).Sub_(mean.Square()).Clamp_(0, null));
            mean.Dispose();
            square.Dispose();
        }

        void Add(string norm, Tensor x)
        {
            using var inner = new TensorScope();
            Tensor mean = x.Mean([0, 2, 3]);
            Tensor square = x.Var([0, 2, 3], unbiased: false).Add(mean.Square());
            if (sums.TryGetValue(norm, out (Tensor Mean, Tensor Square) sum))
            {
                sum.Mean.Add_(mean);
                sum.Square.Add_(square);
            }
            else
            {
                sums[norm] = (mean.DetachFromScope(), square.DetachFromScope());
            }
        }
    }
}
