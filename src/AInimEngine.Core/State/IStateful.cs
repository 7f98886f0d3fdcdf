namespace AInimEngine.Core.State;

/// <summary>
/// A stage whose whole memory can be saved and put back, so that a render can stop, go on and be split, bit for bit.
/// </summary>
public interface IStateful
{
    /// <summary>Back to the state before the first frame.</summary>
    void Reset();

    /// <summary>Writes the whole state, small and versioned.</summary>
    void Save(StateWriter writer);

    /// <summary>Puts back what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The state is of another stage, version or size.</exception>
    void Restore(StateReader reader);
}
