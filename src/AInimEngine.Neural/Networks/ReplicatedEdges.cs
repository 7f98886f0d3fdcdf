namespace AInimEngine.Neural.Networks;

/// <summary>Padding by one edge pixel a side, by picking rows and columns: several times as fast as libtorch's own, forth and back.</summary>
internal static class ReplicatedEdges
{
    /// <summary>Pads.</summary>
    /// <param name="x">[N, C, H, W], channels last.</param>
    /// <returns>[N, C, H + 2, W + 2], channels last.</returns>
    public static Tensor Pad(Tensor x)
    {
        using var scope = new TensorScope();
        Tensor rows = Indices(x.Size(2), x.Device), columns = Indices(x.Size(3), x.Device);
        return scope.Keep(x.Permute(0, 2, 3, 1).IndexSelect(1, rows).IndexSelect(2, columns).Permute(0, 3, 1, 2));
    }

    private static Tensor Indices(long size, Device device)
    {
        var indices = new long[size + 2];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = Math.Clamp(i - 1, 0, size - 1);
        return Tensor.From(indices).To(device, ScalarType.Int64);
    }
}
