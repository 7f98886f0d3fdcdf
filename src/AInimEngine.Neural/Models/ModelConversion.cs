using System.Buffers.Binary;

namespace AInimEngine.Neural.Models;

/// <summary>Makes models smaller.</summary>
public static class ModelConversion
{
    /// <summary>
    /// The model with its matrices and kernels as halves, at half the size. Vectors (biases, statistics, the mean of w) and
    /// arrays with a value beyond the range of halves stay as they are.
    /// </summary>
    public static Model ToHalf(Model model) => new(model.Card, model.Arrays.Select(Half));

    private static WeightArray Half(WeightArray array)
    {
        if (array.Type != ScalarType.Float32 || array.Shape.Count < 2)
            return array;
        float[] values = array.ToSingles();
        var halves = new byte[values.Length * 2];
        for (int i = 0; i < values.Length; i++)
        {
            var half = (Half)values[i];
            if (!System.Half.IsFinite(half))
                return array;
            BinaryPrimitives.WriteHalfLittleEndian(halves.AsSpan(2 * i), half);
        }
        return array with { Type = ScalarType.Float16, Data = halves };
    }
}
