using AInimEngine.Neural;

namespace AInimEngine.Training.Learning;

/// <summary>
/// Differentiable augmentation (Zhao et al. 2020): colour, translation and optionally a box cut out, alike for real and
/// generated pictures, so that the discriminator cannot learn the few real ones by heart. Gradients, and gradients of
/// gradients, flow through it.
/// </summary>
internal static class DiffAugment
{
    /// <summary>Augments a batch.</summary>
    /// <param name="pictures">[N, 3, H, W], -1..1.</param>
    /// <param name="draws">For N pictures.</param>
    /// <returns>[N, 3, H, W].</returns>
    public static Tensor Apply(Tensor pictures, AugmentDraws draws)
    {
        using var scope = new TensorScope();
        Tensor x = Colour(pictures, draws);
        return scope.Keep(Place(x, draws));
    }

    // Brightness, saturation and contrast are affine in the picture: with s and k for the factors and b for the offset,
    // y = k (s x + (1 - s) channel mean + b) + (1 - k) picture mean, and b moves the picture's mean by itself.
    private static Tensor Colour(Tensor x, AugmentDraws draws)
    {
        int count = draws.Count;
        float[] own = new float[count], grey = new float[count], mean = new float[count], offset = new float[count];
        for (int i = 0; i < count; i++)
        {
            float saturation = 2 * draws.Saturation[i], contrast = draws.Contrast[i] + 0.5f;
            own[i] = saturation * contrast;
            grey[i] = (1 - saturation) * contrast;
            mean[i] = 1 - contrast;
            offset[i] = draws.Brightness[i] - 0.5f;
        }
        Tensor level = x.Mean([1], true);
        Tensor greyed = level.Mul(PerPicture(grey, x));
        Tensor shift = level.Mean([2, 3], true).Mul(PerPicture(mean, x)).Add(PerPicture(offset, x));
        return x.Mul(PerPicture(own, x)).Add(greyed.Add(shift));
    }

    // Translation picks, for each row and column, the one that comes to lie there, and a mask blanks those from outside
    // together with the box. One pick over rows and columns together, because each is a copy of the batch.
    private static Tensor Place(Tensor x, AugmentDraws draws)
    {
        long count = x.Size(0), height = x.Size(2), width = x.Size(3), area = height * width;
        var source = new long[count * area];
        var mask = new float[count * area];
        for (int n = 0; n < count; n++)
        {
            for (int row = 0; row < height; row++)
            {
                long fromRow = row - draws.Down[n];
                for (int column = 0; column < width; column++)
                {
                    long fromColumn = column - draws.Right[n], at = n * area + row * width + column;
                    bool isInside = fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width;
                    source[at] = isInside ? fromRow * width + fromColumn : 0;
                    mask[at] = isInside && !IsCut(draws, n, row, column, height) ? 1 : 0;
                }
            }
        }
        Tensor index = Tensor.From(source, count, 1, area).To(x.Device, ScalarType.Int64).Expand(-1, x.Size(1), -1);
        Tensor moved = x.Reshape(count, x.Size(1), area).Gather(2, index).View(count, x.Size(1), height, width);
        return moved.Mul(Tensor.From(mask, count, 1, height, width).To(x.Device, x.Dtype));
    }

    private static bool IsCut(AugmentDraws draws, int n, int row, int column, long size)
    {
        if (draws.CutX.Length == 0)
            return false;
        long half = size / 4;
        return row >= draws.CutY[n] - half && row < draws.CutY[n] + half && column >= draws.CutX[n] - half && column < draws.CutX[n] + half;
    }

    private static Tensor PerPicture(float[] values, Tensor like) =>
        Tensor.From(values, values.Length, 1, 1, 1).To(like.Device, ScalarType.Float32);
}
