namespace AInimEngine.Neural.Networks;

/// <summary>
/// SG2's doubling with the filter f = [1, 3, 3, 1] / 8, gain 4, by phases: each of the four pixels that one becomes is an
/// ordinary convolution of the small picture, so no transposed convolution is called, and a gradient flows through the
/// small weight alone.
/// </summary>
internal static class Upsampling
{
    /// <summary>
    /// The 3x3 weights of the four phases whose interleaved results are a transposed convolution of stride 2 followed by
    /// the filter. With K the full convolution of W and 4 f x f (6x6), phase (a, b) has K[a + 4 - 2u, b + 4 - 2v].
    /// </summary>
    /// <param name="weight">[O, I, 3, 3], as SG2 stores it.</param>
    /// <returns>[4 O, I, 3, 3], phases innermost, as a pixel shuffle wants them.</returns>
    public static Tensor Phases(Tensor weight)
    {
        using var scope = new TensorScope();
        long outputs = weight.Size(0), inputs = weight.Size(1);
        Tensor full = weight.Reshape(outputs * inputs, 1, 3, 3).Conv2d(Kernel(1, weight.Device), padding: 3);
        Tensor phases = full.View(outputs, inputs, 3, 2, 3, 2).Flip(2, 4).Permute(0, 3, 5, 1, 2, 4);
        return scope.Keep(phases.Reshape(4 * outputs, inputs, 3, 3));
    }

    /// <summary>Doubles a picture: zeros in between, then the filter.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C, 2 H, 2 W].</returns>
    public static Tensor Double(Tensor x)
    {
        using var scope = new TensorScope();
        long channels = x.Size(1);
        // Taps on the pixel before, itself and the pixel after, of the first and second pixel that one becomes.
        Tensor taps = Tensor.From([0.25f, 0.75f, 0, 0, 0.75f, 0.25f], 2, 3).To(x.Device, ScalarType.Float32);
        Tensor phases = taps.View(2, 1, 3, 1).Mul(taps.View(1, 2, 1, 3)).Reshape(4, 1, 3, 3).Repeat(channels, 1, 1, 1);
        return scope.Keep(x.Conv2d(phases, padding: 1, groups: channels).PixelShuffle(2));
    }

    /// <summary>The same as the convolution with <see cref="Phases"/> and a pixel shuffle, as the paper writes it.</summary>
    /// <param name="x">[N, I, H, W].</param>
    /// <param name="weight">[O, I, 3, 3].</param>
    /// <returns>[N, O, 2 H, 2 W].</returns>
    public static Tensor Transposed(Tensor x, Tensor weight)
    {
        using var scope = new TensorScope();
        Tensor wide = Torch.Call("aten::conv_transpose2d.input", x, weight.Transpose(0, 1), OpArgument.None, 2L, 0L);
        long channels = weight.Size(0);
        return scope.Keep(wide.Conv2d(Kernel(channels, x.Device), padding: 1, groups: channels));
    }

    private static Tensor Kernel(long channels, Device device)
    {
        Tensor row = Tensor.From([0.25f, 0.75f, 0.75f, 0.25f]).To(device, ScalarType.Float32);
        return row.Outer(row).View(1, 1, 4, 4).Repeat(channels, 1, 1, 1);
    }
}
