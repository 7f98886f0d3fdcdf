namespace AInimEngine.Neural.Interop;

/// <summary>Kinds of <see cref="NativeValue"/>; the numbers are those of <c>ainim_tag</c>.</summary>
internal enum NativeTag
{
    Default = 0,
    None = 1,
    Tensor = 2,
    Int = 3,
    Double = 4,
    Bool = 5,
    Ints = 6,
    Doubles = 7,
    Bools = 8,
    Tensors = 9,
    String = 10,
    Device = 11,
    Generator = 12,
    Slot = 13,
    Slots = 14,
}
