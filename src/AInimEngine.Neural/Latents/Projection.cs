using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Latents;

/// <summary>
/// Finds the latent whose picture is nearest to a given one, by gradient descent through the network (Karras et al. 2020,
/// appendix D): first in W, from the nearest of many samples and with fading noise on w, then in W+ (Abdal et al. 2019).
/// </summary>
public sealed class Projection
{
    private const double NoiseShare = 0.05;
    private readonly StyleNetwork _network;
    private readonly ProjectionSettings _settings;
    private readonly double _deviation;
    private float[] _best = [];
    private double _bestDistance = double.PositiveInfinity;

    /// <summary>Prepares one.</summary>
    /// <param name="network">Square; its weights are not changed.</param>
    /// <param name="settings">How.</param>
    public Projection(StyleNetwork network, ProjectionSettings settings)
    {
        _network = network;
        _settings = settings;
        _deviation = LatentStatistics.Measure(network, 1000, settings.Seed).Deviation;
    }

    /// <summary>Searches. When it is stopped, the best so far is the result.</summary>
    /// <param name="target">[1, 3, H, W], -1..1, of the network's size.</param>
    /// <param name="progress">Told step and distance; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    public ProjectionResult Run(Tensor target, Action<int, double>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        using var distance = new PictureDistance(target);
        int layers = _network.Shape.Layers, width = _network.Shape.WDim;
        float[] w = Start(distance, cancellation);
        int inW = _settings.OnlyW || layers == 1 ? _settings.Steps : (int)(_settings.Steps * _settings.ShareOfW);
        int steps = Descend(distance, w, 1, 0, inW, _settings.RateW, progress, cancellation);
        if (inW < _settings.Steps)
        {
            float[] plus = [.. _best];
            steps += Descend(distance, plus, layers, inW, _settings.Steps - inW, _settings.RateWPlus, progress, cancellation);
        }
        using GradMode noGrad = Torch.NoGrad();
        Tensor image = _network.Synthesize(Tensor.From(_best, 1, layers, width).To(_network.Options.Device, ScalarType.Float32));
        return new ProjectionResult(_best, PictureDistance.Psnr(image, target), _bestDistance, steps);
    }

    // The nearest of the prior's samples and the mean, [w_dim].
    private float[] Start(PictureDistance distance, CancellationToken cancellation)
    {
        using GradMode noGrad = Torch.NoGrad();
        float[] nearest = _network.MeanW.ToArray<float>();
        Consider(nearest, 1, Distance(distance, _network.MeanW.Unsqueeze(0))[0]);
        int batch = Math.Clamp(16 * 64 * 64 / (_network.Shape.Resolution * _network.Shape.Resolution), 1, 16);
        for (int done = 0; done < _settings.Starts && !cancellation.IsCancellationRequested; done += batch)
        {
            using var scope = new TensorScope();
            ulong[] seeds = [.. Enumerable.Range(done, Math.Min(batch, _settings.Starts - done)).Select(i => Philox.Hash(_settings.Seed, 1, (ulong)i))];
            Tensor? classes = _settings.Class is { } one ? _network.OneHot([.. seeds.Select(_ => one)]) : null;
            Tensor w = _network.Map(_network.SeedZ(seeds), classes);
            float[] distances = Distance(distance, w);
            int least = Array.IndexOf(distances, distances.Min());
            if (distances[least] < _bestDistance)
            {
                nearest = w.Select(0, least).ToArray<float>();
                Consider(nearest, 1, distances[least]);
            }
        }
        return nearest;
    }

    private float[] Distance(PictureDistance distance, Tensor w)
    {
        using var scope = new TensorScope();
        return distance.Measure(_network.Synthesize(_network.Broadcast(w))).ToArray<float>();
    }

    private int Descend(
        PictureDistance distance, float[] w, int rows, int done, int steps, double rate, Action<int, double>? progress, CancellationToken cancellation)
    {
        var adam = new Adam(w.Length);
        var noise = new float[w.Length];
        int width = _network.Shape.WDim, layers = _network.Shape.Layers;
        for (int step = 0; step < steps; step++)
        {
            if (cancellation.IsCancellationRequested)
                return step;
            using var scope = new TensorScope();
            double time = step / (double)steps;
            Tensor latent = Tensor.From(w, 1, rows, width).To(_network.Options.Device, ScalarType.Float32).RequiresGrad_();
            Tensor moved = latent;
            double strength = rows == 1 ? _deviation * NoiseShare * Math.Pow(Math.Max(0, 1 - time / 0.75), 2) : 0;
            if (strength > 0)
            {
                Philox.Normal(_settings.Seed, 100 + (ulong)step, noise);
                moved = latent.Add(Tensor.From(noise, 1, rows, width).To(_network.Options.Device, ScalarType.Float32).Mul(strength));
            }
            Tensor plain = distance.Measure(_network.Synthesize(rows == 1 ? moved.Expand(-1, layers, -1) : moved));
            Tensor loss = plain;
            if (rows > 1)
                loss = loss.Add(latent.Sub(latent.Mean([1], true)).Square().Mean().Mul(_settings.Regularisation / (_deviation * _deviation)));
            loss.Backward();
            double value = plain.Item();
            // Noise makes it a neighbour's distance; near the end there is none.
            if (strength == 0)
                Consider(w, rows, value);
            progress?.Invoke(done + step + 1, value);
            using Tensor gradient = latent.Grad!;
            adam.Step(w, gradient.ToArray<float>(), rate * _deviation * Ramp(time));
        }
        using GradMode noGrad = Torch.NoGrad();
        using var last = new TensorScope();
        Tensor end = Tensor.From(w, 1, rows, width).To(_network.Options.Device, ScalarType.Float32).Expand(-1, layers, -1);
        Consider(w, rows, distance.Measure(_network.Synthesize(end)).Item());
        return steps;
    }

    private void Consider(float[] w, int rows, double value)
    {
        if (value >= _bestDistance)
            return;
        _bestDistance = value;
        int layers = _network.Shape.Layers;
        _best = new float[layers * _network.Shape.WDim];
        for (int layer = 0; layer < layers; layer += rows)
            w.CopyTo(_best.AsSpan(layer * _network.Shape.WDim));
    }

    // Up over the first 5%, down as a cosine over the last half: small steps polish what was found.
    private static double Ramp(double time) =>
        Math.Min(1, (time + 0.01) / 0.05) * (0.5 - 0.5 * Math.Cos(Math.PI * Math.Min(1, 2 * (1 - time))));
}
