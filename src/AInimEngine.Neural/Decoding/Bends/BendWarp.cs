using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Bends;

/// <summary>
/// Records the bends that move pixels: every pixel is fetched, bilinearly, from where the inverse of the transform puts
/// it. Grids are in libtorch's -1..1, edge to edge.
/// </summary>
internal static class BendWarp
{
    private const long Bilinear = 0, Border = 1;

    /// <summary>Largest enlargement and reduction, in doublings: beyond, a pixel fills the picture anyway.</summary>
    private const double MaxDoublings = 16;

    /// <summary>The warped channels.</summary>
    /// <param name="b">The program.</param>
    /// <param name="x">[N, C, H, W], float32.</param>
    /// <param name="target">Its sizes and device.</param>
    /// <param name="bend">Translate, scale or rotate.</param>
    /// <param name="amount">[1], float32.</param>
    public static Slot Record(OpProgramBuilder b, Slot x, BendTarget target, Bend bend, Slot amount)
    {
        double aspect = (double)target.Width / target.Height;
        Slot middle = Grid(b, target, (gx, gy) => (gx, gy));
        Slot grid;
        switch (bend.Operation)
        {
            case BendOperation.Translate:
                (double sin, double cos) = double.SinCosPi(2.0 * bend.Parameter);
                Slot direction = BendRecorder.Constant(b, target.Device, [(float)(2 * cos), (float)(2 * sin * aspect)], 1, 1, 1, 2);
                grid = b.Call("aten::addcmul", middle, direction, amount, -1.0);
                break;
            case BendOperation.Scale:
                grid = b.Mul(middle, b.Exp(b.Mul(b.Clamp(amount, -MaxDoublings, MaxDoublings), -Math.Log(2))));
                break;
            case BendOperation.Rotate:
                Slot angle = b.Mul(amount, 2 * Math.PI);
                Slot quarter = Grid(b, target, (gx, gy) => (gy / aspect, -gx * aspect));
                grid = b.Addcmul(b.Mul(middle, b.Cos(angle)), quarter, b.Sin(angle));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(bend), bend.Operation, "does not move pixels");
        }
        Slot warped = b.GridSampler2d(x, b.Expand(grid, target.Batch, -1, -1, -1), Bilinear, Border);
        // The sampler's rounding is not exactly the identity where the grid is.
        return b.Where(x, b.Call("aten::eq.Scalar", amount, 0.0), warped);
    }

    // [1, H, W, 2] of a function of the pixel's own place.
    private static Slot Grid(OpProgramBuilder b, BendTarget target, Func<double, double, (double X, double Y)> place)
    {
        var values = new float[target.Height * target.Width * 2];
        for (int row = 0, i = 0; row < target.Height; row++)
            for (int column = 0; column < target.Width; column++, i += 2)
            {
                (double x, double y) = place((2 * column + 1.0) / target.Width - 1, (2 * row + 1.0) / target.Height - 1);
                (values[i], values[i + 1]) = ((float)x, (float)y);
            }
        return BendRecorder.Constant(b, target.Device, values, 1, target.Height, target.Width, 2);
    }
}
