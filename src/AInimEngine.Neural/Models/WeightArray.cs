namespace AInimEngine.Neural.Models;

/// <summary>One named array of a model, in managed memory, little-endian, row by row.</summary>
/// <param name="Name">Dotted name, e.g. "synthesis.b8.conv0.weight".</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Data">Elements; its length is that of the shape times the element's size.</param>
public sealed record WeightArray(string Name, ScalarType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
