namespace AInimEngine.Neural.Latents;

/// <summary>Measures what directions do to pictures, and puts those first that change them most.</summary>
public static class DirectionRanking
{
    /// <summary>How much the ends of a strip differ from its middle, root-mean-square of 0..1: plainly, and still the same picture.</summary>
    public const double StripChange = 0.12;

    /// <summary>Side at which changes are measured, pixels: larger pictures are shrunk to it.</summary>
    public const int MeasuredSize = 128;

    /// <summary>Moves points along each direction by a typical deviation, both ways.</summary>
    /// <param name="synthesize">From [N, layers, w_dim] to pictures [N, 3, H, W] of about -1..1, in the current scope.</param>
    /// <param name="directions">Of one band.</param>
    /// <param name="points">[N, layers, w_dim], typical points.</param>
    /// <param name="deviation">Typical deviation of a component of w.</param>
    /// <param name="cancellation">Stops between directions.</param>
    /// <returns>The directions by descending image change, named anew by their rank.</returns>
    public static IReadOnlyList<LatentDirection> Rank(
        Func<Tensor, Tensor> synthesize, IReadOnlyList<LatentDirection> directions, Tensor points, double deviation, CancellationToken cancellation = default)
    {
        List<LatentDirection> measured = [];
        foreach (LatentDirection direction in directions)
        {
            cancellation.ThrowIfCancellationRequested();
            double change = Measure(synthesize, direction, points, 2 * deviation);
            double extent = Math.Clamp(StripChange / Math.Max(change, 1e-9), deviation, 20 * deviation);
            measured.Add(direction with { ImageChange = change, Extent = extent });
        }
        return [.. measured.OrderByDescending(direction => direction.ImageChange)
            .Select((direction, i) => direction with { Name = $"{direction.Name[..direction.Name.LastIndexOf('-')]}-{i + 1}" })];
    }

    /// <summary>Points moved along a direction.</summary>
    /// <param name="points">[N, layers, w_dim].</param>
    /// <param name="direction">Which.</param>
    /// <param name="distance">How far, in units of w.</param>
    /// <returns>[N, layers, w_dim].</returns>
    public static Tensor Move(Tensor points, LatentDirection direction, double distance)
    {
        using var scope = new TensorScope();
        Tensor moved = points.Clone();
        Tensor step = Tensor.From(direction.Vector).To(points.Device, ScalarType.Float32).Mul(distance);
        moved.Narrow(1, direction.FirstLayer, direction.LayerCount).Add_(step);
        return scope.Keep(moved);
    }

    // Root-mean-square change per unit step, of both sides of every point.
    private static double Measure(Func<Tensor, Tensor> synthesize, LatentDirection direction, Tensor points, double distance)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        double sum = 0;
        long count = points.Size(0);
        for (int i = 0; i < count; i++)
        {
            using var inner = new TensorScope();
            Tensor point = points.Narrow(0, i, 1);
            Tensor ends = Small(synthesize(Torch.Cat([Move(point, direction, -distance), Move(point, direction, distance)])));
            Tensor difference = ends.Narrow(0, 1, 1).Sub(ends.Narrow(0, 0, 1));
            sum += difference.Square().Mean().Item();
        }
        return Math.Sqrt(sum / count) / (2 * distance);
    }

    // As pictures of 0..1, at most so many pixels wide.
    private static Tensor Small(Tensor image)
    {
        image = image.Clamp(-1, 1).Mul(0.5);
        long width = image.Size(3);
        return width > MeasuredSize ? image.AvgPool2d(width / MeasuredSize) : image;
    }
}
