namespace AInimEngine.Neural;

/// <summary>Element type of a tensor; the numbers are libtorch's.</summary>
public enum ScalarType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    Byte = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,

    /// <summary>16-bit integer.</summary>
    Int16 = 2,

    /// <summary>32-bit integer.</summary>
    Int32 = 3,

    /// <summary>64-bit integer.</summary>
    Int64 = 4,

    /// <summary>IEEE half, 16 bits.</summary>
    Float16 = 5,

    /// <summary>IEEE single, 32 bits.</summary>
    Float32 = 6,

    /// <summary>IEEE double, 64 bits.</summary>
    Float64 = 7,

    /// <summary>A pair of singles.</summary>
    Complex64 = 9,

    /// <summary>A pair of doubles.</summary>
    Complex128 = 10,

    /// <summary>One byte, 0 or 1.</summary>
    Bool = 11,

    /// <summary>The upper half of a single, 16 bits.</summary>
    BFloat16 = 15,
}
