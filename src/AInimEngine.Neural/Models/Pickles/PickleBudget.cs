namespace AInimEngine.Neural.Models.Pickles;

/// <summary>What is left to spend on one file, over all pickles in it.</summary>
internal sealed class PickleBudget
{
    /// <summary>Most opcodes in one file: a large model of three networks has about 50,000.</summary>
    public const int MostOpcodes = 1_000_000;

    /// <summary>Most bytes of one text or one name; sources of Python modules come to 100,000.</summary>
    public const int MostText = 16 << 20;

    /// <summary>Most marks that are open at once.</summary>
    public const int MostMarks = 1000;

    private int _opcodes = MostOpcodes;

    /// <summary>Spends one opcode.</summary>
    /// <exception cref="InvalidDataException">None is left.</exception>
    public void SpendOpcode()
    {
        if (--_opcodes < 0)
            throw new InvalidDataException($"its pickle has more than {MostOpcodes} instructions");
    }
}
