namespace AInimEngine.Control.Midi;

/// <summary>Reads the steps of endless encoders.</summary>
internal static class RelativeSteps
{
    /// <summary>Steps forwards, or backwards when negative.</summary>
    /// <param name="coding">How they are written.</param>
    /// <param name="value">0 to 127.</param>
    internal static int Read(RelativeCoding coding, int value) => coding switch
    {
        RelativeCoding.TwosComplement => value < 64 ? value : value - 128,
        RelativeCoding.SignedBit => value < 64 ? value : 64 - value,
        RelativeCoding.SignedBit2 => value < 64 ? -value : value - 64,
        _ => value - 64,
    };
}
