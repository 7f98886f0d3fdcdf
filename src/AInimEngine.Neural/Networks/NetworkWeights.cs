using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>
/// A network's arrays as fp32 tensors by name, and what is worked out from them once, as long as they are not trained.
/// Owns them all.
/// </summary>
public sealed class NetworkWeights : IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> _derived = new(StringComparer.Ordinal);

    internal NetworkWeights(Model model, Device device)
    {
        using var scope = new TensorScope();
        foreach (WeightArray array in model.Arrays)
            _tensors[array.Name] = scope.Keep(ModelTensors.Read(array).To(device, ScalarType.Float32)).DetachFromScope();
    }

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>An array that must be there.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public Tensor this[string name] => Find(name) ?? throw new KeyNotFoundException($"the network has no array '{name}'");

    /// <summary>An array; null if there is none.</summary>
    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    /// <summary>
    /// What a function makes of an array: kept for the next call, except where gradients must flow through it, when it
    /// belongs to the current scope.
    /// </summary>
    internal Tensor Derive(string name, string form, Func<Tensor, Tensor> function)
    {
        Tensor source = this[name];
        if (source.RequiresGrad)
            return function(source);
        string key = $"{name}|{form}";
        if (_derived.TryGetValue(key, out Tensor? known))
            return known;
        using var scope = new TensorScope();
        return _derived[key] = scope.Keep(function(source)).DetachFromScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
            tensor.Dispose();
        foreach (Tensor tensor in _derived.Values)
            tensor.Dispose();
        _tensors.Clear();
        _derived.Clear();
    }
}
