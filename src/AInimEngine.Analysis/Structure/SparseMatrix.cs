namespace AInimEngine.Analysis.Structure;

/// <summary>A symmetric matrix of which few entries are not 0, by rows.</summary>
internal sealed class SparseMatrix
{
    private readonly int[] _starts, _columns;
    private readonly float[] _values;

    private SparseMatrix(int[] starts, int[] columns, float[] values)
    {
        (_starts, _columns, _values) = (starts, columns, values);
    }

    /// <summary>Rows, and columns.</summary>
    internal int Size => _starts.Length - 1;

    /// <summary>Keeps what is not 0 of a dense matrix, n rows of n.</summary>
    internal static SparseMatrix Of(float[] dense, int n)
    {
        var starts = new int[n + 1];
        for (int row = 0; row < n; row++)
        {
            int count = 0;
            foreach (float x in dense.AsSpan(row * n, n))
                count += x != 0 ? 1 : 0;
            starts[row + 1] = starts[row] + count;
        }
        var columns = new int[starts[n]];
        var values = new float[starts[n]];
        for (int row = 0, at = 0; row < n; row++)
        {
            for (int column = 0; column < n; column++)
            {
                if (dense[row * n + column] != 0)
                    (columns[at], values[at++]) = (column, dense[row * n + column]);
            }
        }
        return new SparseMatrix(starts, columns, values);
    }

    /// <summary>Sum of each row.</summary>
    internal float[] Degrees()
    {
        var degrees = new float[Size];
        for (int row = 0; row < degrees.Length; row++)
        {
            for (int at = _starts[row]; at < _starts[row + 1]; at++)
                degrees[row] += _values[at];
        }
        return degrees;
    }

    /// <summary>Divides entry (i, j) by the square root of the product of degrees i and j: I minus the normalised Laplacian.</summary>
    internal void Normalise()
    {
        float[] scale = [.. Degrees().Select(degree => degree > 0 ? 1 / MathF.Sqrt(degree) : 0)];
        for (int row = 0; row < scale.Length; row++)
        {
            for (int at = _starts[row]; at < _starts[row + 1]; at++)
                _values[at] *= scale[row] * scale[_columns[at]];
        }
    }

    /// <summary>Writes the product with a vector.</summary>
    internal void Multiply(float[] vector, float[] product)
    {
        for (int row = 0; row < product.Length; row++)
        {
            float sum = 0;
            for (int at = _starts[row]; at < _starts[row + 1]; at++)
                sum += _values[at] * vector[_columns[at]];
            product[row] = sum;
        }
    }
}
