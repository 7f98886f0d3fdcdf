using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Learning;

/// <summary>Tensors to the named arrays of a checkpoint and back.</summary>
internal static class StateArrays
{
    /// <summary>Copies tensors out.</summary>
    public static void Save(string prefix, IReadOnlyList<string> names, IReadOnlyList<Tensor> tensors, IDictionary<string, WeightArray> target)
    {
        for (int i = 0; i < names.Count; i++)
            target[prefix + names[i]] = WeightArray.From(prefix + names[i], tensors[i].ToArray<float>(), tensors[i].Shape);
    }

    /// <summary>Copies arrays in.</summary>
    /// <exception cref="AInimException">One is missing or of another shape.</exception>
    public static void Restore(string prefix, IReadOnlyList<string> names, IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, WeightArray> source)
    {
        using GradMode noGrad = Torch.NoGrad();
        for (int i = 0; i < names.Count; i++)
        {
            if (!source.TryGetValue(prefix + names[i], out WeightArray? array))
                throw new AInimException(ExitCode.Input, $"the checkpoint lacks the array '{prefix + names[i]}'. It is of another version or of another run; start anew.");
            if (!array.Shape.SequenceEqual(tensors[i].Shape))
                throw new AInimException(ExitCode.Input, $"the checkpoint's array '{prefix + names[i]}' is [{string.Join(", ", array.Shape)}] where the settings ask for [{string.Join(", ", tensors[i].Shape)}]. Resume with the settings that the run was started with.");
            tensors[i].CopyFrom<float>(array.ToSingles());
        }
    }
}
