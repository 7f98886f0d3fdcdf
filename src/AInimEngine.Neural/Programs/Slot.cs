namespace AInimEngine.Neural.Programs;

/// <summary>A value of an op program: an input, a constant, or what a step returns.</summary>
/// <param name="Index">Its place in the program.</param>
public readonly record struct Slot(int Index)
{
    /// <summary>No value, inside a list of slots, for ops that take lists of optional tensors.</summary>
    public static Slot None => new(-1);
}
