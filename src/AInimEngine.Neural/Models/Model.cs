using System.Collections.Frozen;

namespace AInimEngine.Neural.Models;

/// <summary>
/// A model as a file holds it, checked: every array that its architecture needs is there, of the shape that the card says,
/// and finite. Immutable; nothing native.
/// </summary>
public sealed class Model
{
    private readonly FrozenDictionary<string, WeightArray> _arrays;

    /// <summary>Puts card and arrays together; readers check first.</summary>
    /// <exception cref="ArgumentException">Two arrays share a name.</exception>
    public Model(ModelCard card, IEnumerable<WeightArray> arrays)
    {
        Card = card;
        _arrays = arrays.ToFrozenDictionary(array => array.Name, StringComparer.Ordinal);
    }

    /// <summary>What it is.</summary>
    public ModelCard Card { get; }

    /// <summary>Its arrays.</summary>
    public IReadOnlyCollection<WeightArray> Arrays => _arrays.Values;

    /// <summary>Finds an array; null if there is none.</summary>
    public WeightArray? Find(string name) => _arrays.GetValueOrDefault(name);

    /// <summary>An array that must be there.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public WeightArray this[string name] => _arrays.TryGetValue(name, out WeightArray? array)
        ? array
        : throw new KeyNotFoundException($"the model has no array '{name}'");
}
