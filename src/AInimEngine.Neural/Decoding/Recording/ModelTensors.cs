using System.Runtime.InteropServices;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>A model's arrays as tensors.</summary>
internal static class ModelTensors
{
    /// <summary>A copy in float32 on the CPU, of the array's shape.</summary>
    public static Tensor Read(WeightArray array)
    {
        long[] shape = [.. array.Shape];
        ReadOnlySpan<byte> data = array.Data.Span;
        return array.Type switch
        {
            ScalarType.Float32 => Tensor.From(MemoryMarshal.Cast<byte, float>(data), shape),
            ScalarType.Float16 => Tensor.From(MemoryMarshal.Cast<byte, Half>(data), shape).To(ScalarType.Float32),
            ScalarType.Float64 => Tensor.From(MemoryMarshal.Cast<byte, double>(data), shape).To(ScalarType.Float32),
            ScalarType.BFloat16 => Tensor.From(Widen(MemoryMarshal.Cast<byte, ushort>(data)), shape),
            _ => throw new NotSupportedException($"the array '{array.Name}' holds {array.Type}, not floating-point numbers"),
        };
    }

    private static float[] Widen(ReadOnlySpan<ushort> values)
    {
        var wide = new float[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = BitConverter.UInt32BitsToSingle((uint)values[i] << 16);
        return wide;
    }
}
