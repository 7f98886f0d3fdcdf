namespace AInimEngine.Neural.Decoding;

/// <summary>In which numbers a picture is decoded.</summary>
public enum DecodePrecision
{
    /// <summary>32-bit floats throughout.</summary>
    Float32,

    /// <summary>bfloat16 activations and weights with 32-bit sums: CPUs with AMX or AVX-512 BF16, and GPUs.</summary>
    BFloat16,

    /// <summary>Half precision with 32-bit sums: GPUs.</summary>
    Float16,
}
