namespace AInimEngine.Rendering.Safety;

/// <summary>Finds the field of 10 degrees that is covered most, at any place of the picture.</summary>
internal sealed class FlashFields(FlashGrid grid)
{
    private readonly int[] _sums = new int[(grid.Columns + 1) * (grid.Rows + 1)];

    /// <summary>Greatest share, 0..1, of any field whose blocks have at least so many transitions.</summary>
    public float Worst(ReadOnlySpan<byte> counts, int atLeast)
    {
        // A summed-area table: every field is then four numbers.
        int stride = grid.Columns + 1;
        for (int row = 0; row < grid.Rows; row++)
        {
            int sum = 0;
            for (int column = 0; column < grid.Columns; column++)
            {
                sum += counts[row * grid.Columns + column] >= atLeast ? 1 : 0;
                _sums[(row + 1) * stride + column + 1] = _sums[row * stride + column + 1] + sum;
            }
        }
        (int width, int height) = (grid.FieldColumns, grid.FieldRows);
        int worst = 0;
        for (int row = height; row <= grid.Rows; row++)
            for (int column = width; column <= grid.Columns; column++)
                worst = Math.Max(worst, _sums[row * stride + column] - _sums[(row - height) * stride + column]
                    - _sums[row * stride + column - width] + _sums[(row - height) * stride + column - width]);
        return (float)worst / (width * height);
    }
}
