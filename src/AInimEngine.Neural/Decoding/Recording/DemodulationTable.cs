using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>
/// The demodulation factors of all convolutions in one step: 1 / sqrt(sum of squared weights times squared styles), [N, outputs],
/// each convolution's outputs padded to whole vectors.
/// </summary>
internal sealed class DemodulationTable
{
    private readonly List<float> _squares = [];
    private readonly List<long> _table = [];
    private int _total;

    /// <summary>Adds a convolution; returns where its factors begin.</summary>
    /// <param name="weight">[O, I, k, k].</param>
    /// <param name="styles">Where its styles begin.</param>
    public int Add(Tensor weight, int styles)
    {
        int outputs = (int)weight.Size(0), inputs = (int)weight.Size(1), padded = StyleTable.Padded(outputs);
        ReadOnlySpan<float> sums = weight.Square().Sum([2, 3]).Contiguous().Data<float>();
        var columns = new float[inputs * padded];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs; i++)
                columns[i * padded + o] = sums[o * inputs + i];
        }
        _squares.AddRange(columns);
        int offset = _total;
        _table.AddRange([styles, inputs, offset, padded]);
        _total += padded;
        return offset;
    }

    /// <summary>Records the step.</summary>
    /// <param name="b">The program.</param>
    /// <param name="styles">[N, rows].</param>
    /// <param name="gain">What the factors are multiplied by.</param>
    public Slot Record(OpProgramBuilder b, Slot styles, double gain) =>
        b.Call("ainim::demodulate", styles, Tensor.From([.. _squares]), _table.ToArray(), _total, gain);
}
