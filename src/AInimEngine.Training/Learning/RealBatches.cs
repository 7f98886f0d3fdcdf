using AInimEngine.Neural;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Learning;

/// <summary>
/// The real pictures of each step: the set in a new order every epoch, or class by class in turn so that each class is
/// seen equally often. A pure function of the step. One thread.
/// </summary>
internal sealed class RealBatches
{
    private readonly TrainingSet _pictures;
    private readonly StepDraws _draws;
    private readonly int _batch;
    private readonly bool _isMirrored;
    private readonly int[][] _classes;
    private readonly (long Epoch, int[] Order)[] _orders;
    private readonly float[] _buffer;

    /// <summary>Wraps a set, which must outlive it.</summary>
    public RealBatches(TrainingSet pictures, TrainingSettings settings, StepDraws draws)
    {
        (_pictures, _draws, _batch, _isMirrored) = (pictures, draws, settings.Batch, settings.Mirror);
        bool isBalanced = settings.Classes > 0 || settings.CreativeClasses > 0;
        _classes = isBalanced ? ByClass(pictures.Labels) : [[.. Enumerable.Range(0, pictures.Count)]];
        _orders = new (long, int[])[_classes.Length];
        Array.Fill(_orders, (-1, []));
        _buffer = new float[_batch * 3 * pictures.Resolution * pictures.Resolution];
    }

    /// <summary>Which pictures a step sees.</summary>
    public int[] Indices(long step)
    {
        var indices = new int[_batch];
        // Classes in turn would fall into the same groups of the minibatch's standard deviation, which then tells real
        // pictures from generated ones.
        int[]? places = _classes.Length > 1 ? _draws.Permutation(DrawPurpose.Places, step, _batch) : null;
        for (int i = 0; i < _batch; i++)
        {
            long slot = step * _batch + i;
            int kind = (int)(slot % _classes.Length);
            long turn = slot / _classes.Length;
            int[] members = _classes[kind];
            indices[places?[i] ?? i] = members[Order(kind, turn / members.Length)[turn % members.Length]];
        }
        return indices;
    }

    /// <summary>The pictures of a step, [batch, 3, R, R], -1..1.</summary>
    /// <param name="step">Which.</param>
    /// <param name="indices">Those of <see cref="Indices"/>.</param>
    /// <param name="device">Where to.</param>
    public Tensor Pictures(long step, ReadOnlySpan<int> indices, Device device)
    {
        float[] mirror = _draws.Uniform(DrawPurpose.Mirror, step, _batch);
        int size = _buffer.Length / _batch;
        for (int i = 0; i < _batch; i++)
            _pictures.CopyTo(indices[i], _isMirrored && mirror[i] < 0.5f, _buffer.AsSpan(i * size, size));
        using var scope = new TensorScope();
        return scope.Keep(Tensor.From(_buffer, _batch, 3, _pictures.Resolution, _pictures.Resolution).To(device, ScalarType.Float32));
    }

    /// <summary>Classes of pictures.</summary>
    public int[] Labels(ReadOnlySpan<int> indices)
    {
        var labels = new int[indices.Length];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = _pictures.Labels[indices[i]];
        return labels;
    }

    private int[] Order(int kind, long epoch)
    {
        if (_orders[kind].Epoch != epoch)
            _orders[kind] = (epoch, _draws.Permutation(DrawPurpose.Order, epoch * _classes.Length + kind, _classes[kind].Length));
        return _orders[kind].Order;
    }

    private static int[][] ByClass(ReadOnlySpan<int> labels)
    {
        var members = new SortedDictionary<int, List<int>>();
        for (int i = 0; i < labels.Length; i++)
        {
            if (!members.TryGetValue(labels[i], out List<int>? list))
                members[labels[i]] = list = [];
            list.Add(i);
        }
        return [.. members.Values.Select(list => list.ToArray())];
    }
}
