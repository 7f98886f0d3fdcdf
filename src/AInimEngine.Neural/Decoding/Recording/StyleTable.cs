using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>
/// All linear maps from W+ to the numbers of the layers, as one matrix of rows that a single step computes:
/// [N, rows] float32. Segments begin and end at multiples of 16 rows; what is added is zero.
/// </summary>
internal sealed class StyleTable(DecodeContext context)
{
    internal const int Step = 16;
    private readonly List<float> _weights = [];
    private readonly List<float> _biases = [];
    private readonly List<long> _layers = [];
    private readonly List<long> _rows = [];
    private Slot _values;

    /// <summary>Rounded up to whole vectors.</summary>
    public static int Padded(int count) => (count + Step - 1) / Step * Step;

    /// <summary>Adds the rows of a matrix [rows, w] with their bias [rows]; returns where they begin.</summary>
    public int Add(int layer, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        int offset = _biases.Count, padding = Padded(bias.Length) - bias.Length;
        _weights.AddRange(weight);
        _weights.AddRange(new float[padding * context.Shape.WDim]);
        _biases.AddRange(bias);
        _biases.AddRange(new float[padding]);
        _layers.Add(layer);
        _rows.Add(_biases.Count - offset);
        return offset;
    }

    /// <summary>Records the step. Nothing can be added after.</summary>
    public Slot Record()
    {
        Tensor weight = Tensor.From([.. _weights], _biases.Count, context.Shape.WDim);
        _values = context.B.Call("ainim::styles", context.Ws, weight, Tensor.From([.. _biases]), _layers.ToArray(), _rows.ToArray());
        return _values;
    }

    /// <summary>Some of the numbers, [N, count].</summary>
    public Slot Slice(int offset, int count) => context.B.Narrow(_values, 1, offset, count);
}
