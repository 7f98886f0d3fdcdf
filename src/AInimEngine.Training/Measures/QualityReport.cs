namespace AInimEngine.Training.Measures;

/// <summary>How good generated pictures are, in numbers. What could not be measured is NaN.</summary>
public sealed record QualityReport
{
    /// <summary>How many generated pictures were measured.</summary>
    public required int Pictures { get; init; }

    /// <summary>Sliced Wasserstein distance per pyramid level, finest first, times 1000: see <see cref="SlicedWasserstein"/>.</summary>
    public required IReadOnlyList<double> Swd { get; init; }

    /// <summary>The same between one half of the training pictures and the other: what a perfect generator would get.</summary>
    public required IReadOnlyList<double> Floor { get; init; }

    /// <summary>See <see cref="MemorisationResult.Ratio"/>: near 0 copies, about 1 none.</summary>
    public required double Memorisation { get; init; }

    /// <summary>See <see cref="MemorisationResult.CopiedShare"/>, 0..1.</summary>
    public required double CopiedShare { get; init; }

    /// <summary>Mean distance of two generated pictures over that of two training pictures: 1 as varied, 0 all the same.</summary>
    public required double Diversity { get; init; }

    /// <summary>Deviation of pixels from picture to picture, over that of training pictures.</summary>
    public required double PixelDeviation { get; init; }

    /// <summary>Share of generated pictures that look like training pictures, 0..1 (Kynkaanniemi et al. 2019).</summary>
    public double Precision { get; init; } = double.NaN;

    /// <summary>Share of training pictures that the generator could have made, 0..1.</summary>
    public double Recall { get; init; } = double.NaN;

    /// <summary>Kernel distance of features of a random network, times 1000; 0 is best, a little below it chance.</summary>
    public double KernelDistance { get; init; } = double.NaN;

    /// <summary>The generated pictures nearest to training pictures, worst first; the first few.</summary>
    public IReadOnlyList<Neighbour> Nearest { get; init; } = [];

    /// <summary>Mean of <see cref="Swd"/> over levels: by this snapshots are ranked.</summary>
    public double SwdMean => Swd.Count == 0 ? double.NaN : Swd.Average();

    /// <summary>Mean of <see cref="Floor"/> over levels.</summary>
    public double FloorMean => Floor.Count == 0 ? double.NaN : Floor.Average();

    /// <summary><see cref="SwdMean"/> over <see cref="FloorMean"/>: 1 is as good as it gets, below 3 good.</summary>
    public double SwdOverFloor => FloorMean > 0 ? SwdMean / FloorMean : double.NaN;
}
