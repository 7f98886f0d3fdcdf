using System.Runtime.InteropServices;
using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models;

/// <summary>One named array of a model, in managed memory, little-endian, row by row.</summary>
/// <param name="Name">Dotted name, e.g. "synthesis.b8.conv0.weight".</param>
/// <param name="Type">Element type: single, half or bfloat16 in a checked model.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Data">Elements; its length is that of the shape times the element's size.</param>
public sealed record WeightArray(string Name, ScalarType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>An array of singles.</summary>
    /// <param name="name">Dotted name.</param>
    /// <param name="values">Row by row; copied.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    public static WeightArray From(string name, ReadOnlySpan<float> values, IReadOnlyList<long> shape) =>
        new(name, ScalarType.Float32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements as singles, row by row, in a new array.</summary>
    public float[] ToSingles()
    {
        var singles = new float[Count];
        StoredArray.ToSingles(Type, Data.Span, singles);
        return singles;
    }
}
