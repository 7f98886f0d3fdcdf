using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Latents;

/// <summary>
/// Finds the latent whose picture is nearest to a given one, by descent with curvature through the network, in W+ (Abdal et
/// al. 2019): from several places for a while, then on from where it came nearest. Where a descent ends depends on its
/// beginning, and the mean and places half-way to it, whose pictures are soft, lead further than pictures that look alike.
/// </summary>
public sealed class Projection
{
    private const double Nearness = 0.5;
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

    private int Rows => _settings.OnlyW ? 1 : _network.Shape.Layers;

    /// <summary>Searches. When it is stopped, the best so far is the result.</summary>
    /// <param name="target">[1, 3, H, W], -1..1, of the network's size.</param>
    /// <param name="progress">Told after every evaluation which step it was, and its distance; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    public ProjectionResult Run(Tensor target, Action<int, double>? progress = null, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        using var distance = new PictureDistance(target);
        int trial = Math.Clamp((int)(_settings.Steps * _settings.ShareOfTrials), 1, _settings.Steps);
        Descent? nearest = null;
        int steps = 0;
        foreach (float[] start in Starts())
        {
            if (cancellation.IsCancellationRequested)
                break;
            var descent = new Descent(this, distance, start, progress, cancellation);
            descent.Go(trial);
            steps = Math.Max(steps, descent.Steps);
            if (nearest is null || descent.Nearest < nearest.Nearest)
                nearest = descent;
        }
        if (nearest is null)
            Consider(Starts()[0], double.PositiveInfinity);
        nearest?.Go(_settings.Steps);
        using GradMode noGrad = Torch.NoGrad();
        int layers = _network.Shape.Layers, width = _network.Shape.WDim;
        Tensor image = _network.Synthesize(Tensor.From(_best, 1, layers, width).To(_network.Options.Device, ScalarType.Float32));
        return new ProjectionResult(_best, PictureDistance.Psnr(image, target), _bestDistance, Math.Max(steps, nearest?.Steps ?? 0));
    }

    // The mean, and samples of the prior half-way to it, [rows * w_dim] each.
    private float[][] Starts()
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        ulong[] seeds = [.. Enumerable.Range(0, Math.Max(0, _settings.Candidates - 1)).Select(i => Philox.Hash(_settings.Seed, 1, (ulong)i))];
        float[] mean = _network.MeanW.ToArray<float>();
        List<float[]> starts = [mean];
        if (seeds.Length > 0)
        {
            Tensor? classes = _settings.Class is { } one ? _network.OneHot([.. seeds.Select(_ => one)]) : null;
            Tensor w = _network.MeanW.Lerp(_network.Map(_network.SeedZ(seeds), classes), Nearness);
            starts.AddRange(w.ToArray<float>().Chunk(mean.Length));
        }
        return [.. starts.Select(w => Enumerable.Repeat(w, Rows).SelectMany(values => values).ToArray())];
    }

    private void Consider(ReadOnlySpan<float> w, double value)
    {
        if (_best.Length > 0 && !(value < _bestDistance))
            return;
        _bestDistance = value;
        _best = new float[_network.Shape.Layers * _network.Shape.WDim];
        for (int at = 0; at < _best.Length; at += w.Length)
            w.CopyTo(_best.AsSpan(at));
    }

    // One descent; it goes on where it stopped. Its numbers are distances from its start in typical deviations of w.
    private sealed class Descent(
        Projection owner, PictureDistance distance, float[] start, Action<int, double>? progress, CancellationToken cancellation)
    {
        private Lbfgs? _search;
        private int _most;

        public int Steps { get; private set; }

        public double Nearest { get; private set; } = double.PositiveInfinity;

        public void Go(int most)
        {
            _most = most;
            _search ??= new Lbfgs(new double[start.Length], Evaluate, () => IsOver);
            while (!IsOver && _search.Iterate())
            {
            }
        }

        private bool IsOver => Steps >= _most || cancellation.IsCancellationRequested;

        private double Evaluate(double[] x, double[] gradient)
        {
            if (IsOver)
                return double.NaN;
            using var scope = new TensorScope();
            int width = owner._network.Shape.WDim, layers = owner._network.Shape.Layers;
            double deviation = owner._deviation;
            float[] w = [.. start.Zip(x, (from, way) => (float)(from + way * deviation))];
            Tensor latent = Tensor.From(w, 1, owner.Rows, width).To(owner._network.Options.Device, ScalarType.Float32).RequiresGrad_();
            Tensor plain = distance.Measure(owner._network.Synthesize(owner.Rows == 1 ? latent.Expand(-1, layers, -1) : latent)).Sum();
            Tensor loss = plain;
            if (owner.Rows > 1)
                loss = loss.Add(latent.Sub(latent.Mean([1], true)).Square().Mean().Mul(owner._settings.Regularisation / (deviation * deviation)));
            loss.Backward();
            using Tensor slope = latent.Grad!;
            float[] slopes = slope.ToArray<float>();
            for (int i = 0; i < slopes.Length; i++)
                gradient[i] = slopes[i] * deviation;
            double value = plain.Item();
            Steps++;
            Nearest = Math.Min(Nearest, value);
            owner.Consider(w, value);
            progress?.Invoke(Steps, value);
            return loss.Item();
        }
    }
}
