using System.Text;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Osc;

/// <summary>The addresses of a surface's rows, found without allocating. Immutable.</summary>
internal sealed class OscAddresses
{
    private readonly byte[][] _ofRow, _sorted;
    private readonly int[] _rows;

    internal OscAddresses(ControlSurface surface)
    {
        _ofRow = [.. surface.Rows.Select(row => Encoding.UTF8.GetBytes("/ainim/" + row.Id))];
        _rows = [.. Enumerable.Range(0, _ofRow.Length)];
        Array.Sort(_rows, (a, b) => _ofRow[a].AsSpan().SequenceCompareTo(_ofRow[b]));
        _sorted = [.. _rows.Select(row => _ofRow[row])];
    }

    /// <summary>Rows.</summary>
    internal int Count => _ofRow.Length;

    /// <summary>The address of a row.</summary>
    internal ReadOnlySpan<byte> Of(int row) => _ofRow[row];

    /// <summary>The row of an address, or -1.</summary>
    internal int Find(ReadOnlySpan<byte> address)
    {
        int low = 0, high = _sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2, order = address.SequenceCompareTo(_sorted[middle]);
            if (order == 0)
                return _rows[middle];
            if (order < 0)
                high = middle - 1;
            else
                low = middle + 1;
        }
        return -1;
    }
}
