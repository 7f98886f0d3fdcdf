using AInimEngine.Neural;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Learning;

/// <summary>The running average of a generator's arrays, which is what plays in the end. Owns it.</summary>
internal sealed class RunningAverage : IDisposable
{
    private static readonly TorchOp s_scale = new("aten::_foreach_mul_", "Scalar");
    private static readonly TorchOp s_add = new("aten::_foreach_add_", "List");
    private readonly IReadOnlyList<string> _names;
    private readonly Tensor[] _averages;

    /// <summary>Begins with the arrays as they are.</summary>
    public RunningAverage(IReadOnlyList<string> names, IReadOnlyList<Tensor> arrays)
    {
        using GradMode noGrad = Torch.NoGrad();
        _names = names;
        _averages = [.. arrays.Select(array => array.Clone().DetachFromScope())];
    }

    /// <summary>What is kept of the average in a step: half of it after half-life pictures.</summary>
    /// <param name="settings">The half-life and its ramp.</param>
    /// <param name="seen">Pictures seen so far.</param>
    public static double Kept(TrainingSettings settings, long seen)
    {
        double halfLife = 1000 * settings.AverageKimg;
        if (settings.AverageRamp > 0)
            halfLife = Math.Min(halfLife, settings.AverageRamp * seen);
        return Math.Pow(0.5, settings.Batch / Math.Max(halfLife, 1e-8));
    }

    /// <summary>Moves the average towards the arrays.</summary>
    /// <param name="arrays">In the order of the names.</param>
    /// <param name="kept">Of the average.</param>
    public void Update(Tensor[] arrays, double kept)
    {
        using GradMode noGrad = Torch.NoGrad();
        s_scale.Run(_averages, kept);
        s_add.Run(_averages, arrays, 1 - kept);
    }

    /// <summary>The average as arrays.</summary>
    public void Save(string prefix, IDictionary<string, WeightArray> target) => StateArrays.Save(prefix, _names, _averages, target);

    /// <summary>Takes it from a checkpoint.</summary>
    public void Restore(string prefix, IReadOnlyDictionary<string, WeightArray> source) => StateArrays.Restore(prefix, _names, _averages, source);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor average in _averages)
            average.Dispose();
    }
}
