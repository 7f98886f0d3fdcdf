using AInimEngine.Training.Data;

namespace AInimEngine.Training.Measures;

/// <summary>
/// Compares generated pictures with training pictures, whose own measures are taken once. Deterministic by seed. One
/// thread at a time; needs libtorch.
/// </summary>
public sealed class QualityMeter : IDisposable
{
    /// <summary>Generated pictures that a measure should have where time allows: fewer make every distance look larger.</summary>
    public const int GoodCount = 700;

    private const int MostTraining = 1000, MostNearest = 12;
    private readonly SlicedWasserstein _sliced;
    private readonly IReadOnlyList<ProjectedDistribution> _reals;
    private readonly IReadOnlyList<double> _floor;
    private readonly Memorisation _memorisation;
    private readonly RandomFeatures _network = new();
    private readonly FeatureScale _scale;
    private readonly FeatureTable _features;
    private readonly double _pairDistance, _deviation;
    private float[] _thumbnails = [], _mirrored = [];

    /// <summary>Measures the training pictures. Takes seconds.</summary>
    /// <param name="set">The pictures; at least one. Of very many, 1,000 stand for all, except where copies are looked for.</param>
    /// <param name="seed">Which neighbourhoods and directions.</param>
    public QualityMeter(TrainingSet set, ulong seed)
    {
        Resolution = set.Resolution;
        PictureStack reals = PictureStack.Of(set, MostTraining);
        _sliced = new SlicedWasserstein(set.Resolution, seed);
        _floor = reals.Count < 2 ? [] : _sliced.Distance(reals.Every(0, 2), reals.Every(1, 2));
        _reals = _sliced.Describe(reals);
        _memorisation = new Memorisation(set);
        _features = _network.Of(reals);
        _scale = new FeatureScale(_features);
        _scale.Apply(_features);
        FeatureTable thumbnails = Thumbnails.Of(reals);
        _pairDistance = thumbnails.MeanPairDistance();
        _deviation = thumbnails.Deviation();
    }

    /// <summary>Width and height of the pictures that it measures.</summary>
    public int Resolution { get; }

    /// <summary>Sliced Wasserstein distance between halves of the training pictures, per level; empty for a single picture.</summary>
    public IReadOnlyList<double> Floor => _floor;

    /// <summary>Measures generated pictures.</summary>
    /// <param name="pictures">[N, 3, R, R], -1..1, N at least 2; what lies outside is cut.</param>
    public QualityReport Measure(ReadOnlySpan<float> pictures) => Measure(PictureStack.Of(pictures, Resolution));

    /// <summary>Measures generated pictures.</summary>
    /// <param name="pictures">At least 2.</param>
    public QualityReport Measure(PictureStack pictures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pictures.Count, 2, nameof(pictures));
        FeatureTable thumbnails = Thumbnails.Of(pictures, mirror: false, ref _thumbnails), features = _scale.Apply(_network.Of(pictures));
        MemorisationResult memorisation = _memorisation.Measure(thumbnails, Thumbnails.Of(pictures, mirror: true, ref _mirrored));
        (double precision, double recall) = FeatureComparison.PrecisionRecall(_features, features);
        return new QualityReport
        {
            Pictures = pictures.Count,
            Swd = _sliced.Distance(_reals, pictures),
            Floor = _floor,
            Memorisation = memorisation.Ratio,
            CopiedShare = memorisation.CopiedShare,
            Nearest = [.. memorisation.Nearest.Take(MostNearest)],
            Diversity = thumbnails.MeanPairDistance() / _pairDistance,
            PixelDeviation = thumbnails.Deviation() / _deviation,
            Precision = precision,
            Recall = recall,
            KernelDistance = FeatureComparison.Kernel(_features, features) * SlicedWasserstein.Scale,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
