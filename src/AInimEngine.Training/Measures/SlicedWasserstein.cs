namespace AInimEngine.Training.Measures;

/// <summary>
/// Sliced Wasserstein distance of two sets of pictures (Karras et al. 2018, section 5): per level of a Laplacian pyramid down
/// to 16 pixels, 7x7 neighbourhoods drawn at random, compared along 512 random directions; times 1000. Finest level first.
/// Deterministic by seed. One thread at a time.
/// </summary>
public sealed class SlicedWasserstein
{
    /// <summary>What distances are multiplied by.</summary>
    public const double Scale = 1000;

    private const int PatchesPerPicture = 128, DirectionCount = 512;
    private readonly LaplacianPyramid _pyramid;
    private readonly float[] _directions;
    private readonly ulong _seed;
    private float[] _buffer = [];
    private int[]? _memory;

    /// <summary>Prepares directions.</summary>
    /// <param name="resolution">Of the pictures, a power of two, at least 16.</param>
    /// <param name="seed">Which neighbourhoods and directions.</param>
    public SlicedWasserstein(int resolution, ulong seed)
    {
        _pyramid = new LaplacianPyramid(resolution);
        _directions = ProjectedDistribution.Directions(DirectionCount, PatchDescriptors.Length, seed);
        _seed = seed;
    }

    /// <summary>Levels that distances are given for.</summary>
    public int Levels => LaplacianPyramid.LevelCount(_pyramid.Resolution);

    /// <summary>The distance of two sets, which may differ in size.</summary>
    /// <param name="left">Pictures of this resolution; at least one.</param>
    /// <param name="right">The same.</param>
    /// <returns>Per level, times 1000.</returns>
    public IReadOnlyList<double> Distance(PictureStack left, PictureStack right) => Distance(Describe(left), right);

    /// <summary>The distance of a set from one that is described.</summary>
    internal IReadOnlyList<double> Distance(IReadOnlyList<ProjectedDistribution> reference, PictureStack pictures)
    {
        var distances = new double[Levels];
        for (int level = 0; level < distances.Length; level++)
            distances[level] = Scale * reference[level].DistanceTo(Describe(pictures, level, _memory ??= ProjectedDistribution.Reserve(DirectionCount)));
        return distances;
    }

    /// <summary>A set's distribution along every direction, per level: 8 MB each.</summary>
    internal IReadOnlyList<ProjectedDistribution> Describe(PictureStack pictures) =>
        [.. Enumerable.Range(0, Levels).Select(level => Describe(pictures, level, null))];

    private ProjectedDistribution Describe(PictureStack pictures, int level, int[]? memory)
    {
        if (pictures.Resolution != _pyramid.Resolution || pictures.Count == 0)
            throw new ArgumentException($"{pictures.Count} pictures of {pictures.Resolution} pixels cannot be measured at {_pyramid.Resolution}", nameof(pictures));
        Memory<float> descriptors = PatchDescriptors.Take(pictures, level, PatchesPerPicture, _seed, _pyramid, ref _buffer);
        return ProjectedDistribution.Of(descriptors, _directions, PatchDescriptors.Length, memory);
    }
}
