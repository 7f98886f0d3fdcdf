namespace AInimEngine.Control.Midi;

/// <summary>How an endless encoder writes a step into seven bits.</summary>
public enum RelativeCoding
{
    /// <summary>1 to 63 forwards, 127 down to 65 backwards.</summary>
    TwosComplement,

    /// <summary>1 to 63 forwards, 65 to 127 backwards.</summary>
    SignedBit,

    /// <summary>65 to 127 forwards, 1 to 63 backwards.</summary>
    SignedBit2,

    /// <summary>65 to 127 forwards, 63 down to 1 backwards.</summary>
    BinOffset,
}
