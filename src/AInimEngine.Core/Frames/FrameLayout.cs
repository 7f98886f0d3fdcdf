using System.Collections.Frozen;

namespace AInimEngine.Core.Frames;

/// <summary>
/// Where each named field lies in a flat float buffer. Compiled once when presets, models and shaders load, then shared
/// by every frame; look-ups by name belong to set-up, offsets to the frame path.
/// </summary>
public sealed class FrameLayout
{
    private readonly FrozenDictionary<string, int> _offsets;

    /// <summary>Lays the fields out one after another.</summary>
    /// <exception cref="ArgumentException">Two fields share a name, or a length is not positive.</exception>
    public FrameLayout(IEnumerable<FrameField> fields)
    {
        Fields = [.. fields];
        var offsets = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FrameField field in Fields)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(field.Length, field.Name);
            if (!offsets.TryAdd(field.Name, Size))
                throw new ArgumentException($"two fields are named '{field.Name}'", nameof(fields));
            Size += field.Length;
        }
        _offsets = offsets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The fields in order of offset.</summary>
    public IReadOnlyList<FrameField> Fields { get; }

    /// <summary>Total number of floats.</summary>
    public int Size { get; }

    /// <summary>Offset of a field, in floats.</summary>
    /// <exception cref="KeyNotFoundException">There is no such field; the message lists those there are.</exception>
    public int OffsetOf(string name) => _offsets.TryGetValue(name, out int offset)
        ? offset
        : throw new KeyNotFoundException($"no field '{name}'; there are: {string.Join(", ", Fields.Select(f => f.Name))}");

    /// <summary>Finds a field's offset, in floats.</summary>
    public bool TryGetOffset(string name, out int offset) => _offsets.TryGetValue(name, out offset);
}
