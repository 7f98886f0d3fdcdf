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
        float[][] starts = Start(distance, cancellation);
        int inW = _settings.OnlyW || layers == 1 ? _settings.Steps : (int)(_settings.Steps * _settings.ShareOfW);
        int steps = Descend(distance, [.. starts.SelectMany(w => w)], starts.Length, 1, 0, inW, _settings.RateW, progress, cancellation);
        if (inW < _settings.Steps && steps == inW)
            steps += Descend(distance, [.. _best], 1, layers, inW, _settings.Steps - inW, _settings.RateWPlus, progress, cancellation);
        using GradMode noGrad = Torch.NoGrad();
        Tensor image = _network.Synthesize(Tensor.From(_best, 1, layers, width).To(_network.Options.Device, ScalarType.Float32));
        return new ProjectionResult(_best, PictureDistance.Psnr(image, target), _bestDistance, steps);
    }

    // The nearest of the prior's samples and the mean, [w_dim] each; descent from several finds what one would miss.
    private float[][] Start(PictureDistance distance, CancellationToken cancellation)
    {
        using GradMode noGrad = Torch.NoGrad();
        var found = new List<(float[] W, float Distance)>
        {
            (_network.MeanW.ToArray<float>(), Distance(distance, _network.MeanW.Unsqueeze(0))[0]),
        };
        int batch = Math.Clamp(16 * 64 * 64 / (_network.Shape.Resolution * _network.Shape.Resolution), 1, 16);
        for (int done = 0; done < _settings.Starts && !cancellation.IsCancellationRequested; done += batch)
        {
            using var scope = new TensorScope();
            ulong[] seeds = [.. Enumerable.Range(done, Math.Min(batch, _settings.Starts - done)).Select(i => Philox.Hash(_settings.Seed, 1, (ulong)i))];
            Tensor? classes = _settings.Class is { } one ? _network.OneHot([.. seeds.Select(_ => one)]) : null;
            Tensor w = _network.Map(_network.SeedZ(seeds), classes);
            float[] distances = Distance(distance, w), values = w.ToArray<float>();
            for (int i = 0; i < distances.Length; i++)
                found.Add((values.AsSpan(i * _network.Shape.WDim, _network.Shape.WDim).ToArray(), distances[i]));
        }
        (float[] W, float Distance)[] nearest = [.. found.OrderBy(one => one.Distance).Take(Math.Max(1, _settings.Candidates))];
        Consider(nearest[0].W, 1, nearest[0].Distance);
        return [.. nearest.Select(one => one.W)];
    }

    private float[] Distance(PictureDistance distance, Tensor w)
    {
        using var scope = new TensorScope();
        return distance.Measure(_network.Synthesize(_network.Broadcast(w))).ToArray<float>();
    }

    // Descends with several latents side by side: w is [count, rows, w_dim], one row for all layers or one each.
    private int Descend(
        PictureDistance distance, float[] w, int count, int rows, int done, int steps, double rate, Action<int, double>? progress, CancellationToken cancellation)
    {
        var adam = new Adam(w.Length);
        var noise = new float[w.Length];
        for (int step = 0; step < steps; step++)
        {
            if (cancellation.IsCancellationRequested)
                return step;
            using var scope = new TensorScope();
            double time = step / (double)steps;
            Tensor latent = Latent(w, count, rows).RequiresGrad_();
            Tensor moved = latent;
            double strength = rows == 1 ? _deviation * NoiseShare * Math.Pow(Math.Max(0, 1 - time / 0.75), 2) : 0;
            if (strength > 0)
            {
                Philox.Normal(_settings.Seed, 100 + (ulong)step, noise);
                moved = latent.Add(Latent(noise, count, rows).Mul(strength));
            }
            Tensor plain = distance.Measure(Synthesize(moved, rows));
            Tensor loss = plain.Sum();
            if (rows > 1)
                loss = loss.Add(latent.Sub(latent.Mean([1], true)).Square().Mean().Mul(_settings.Regularisation / (_deviation * _deviation)));
            loss.Backward();
            float[] values = plain.ToArray<float>();
            // With noise it would be a neighbour's distance; near the end there is none.
            if (strength == 0)
                Consider(w, rows, values);
            progress?.Invoke(done + step + 1, values.Min());
            using Tensor gradient = latent.Grad!;
            adam.Step(w, gradient.ToArray<float>(), rate * _deviation * Ramp(time));
        }
        using GradMode noGrad = Torch.NoGrad();
        using var last = new TensorScope();
        Consider(w, rows, distance.Measure(Synthesize(Latent(w, count, rows), rows)).ToArray<float>());
        return steps;
    }

    private Tensor Latent(float[] w, int count, int rows) =>
        Tensor.From(w, count, rows, _network.Shape.WDim).To(_network.Options.Device, ScalarType.Float32);

    private Tensor Synthesize(Tensor latent, int rows) =>
        _network.Synthesize(rows == 1 ? latent.Expand(-1, _network.Shape.Layers, -1) : latent);

    private void Consider(float[] w, int rows, float[] values)
    {
        int size = rows * _network.Shape.WDim;
        for (int i = 0; i < values.Length; i++)
            Consider(w.AsSpan(i * size, size), rows, values[i]);
    }

    private void Consider(ReadOnlySpan<float> w, int rows, double value)
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
