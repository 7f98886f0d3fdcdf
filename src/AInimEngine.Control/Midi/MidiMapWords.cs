namespace AInimEngine.Control.Midi;

/// <summary>How map files call things, in the order of the enumerations.</summary>
internal static class MidiMapWords
{
    internal static string[] Kinds { get; } = ["note", "cc", "cc14", "nrpn", "program", "bend", "pressure"];

    internal static string[] Modes { get; } = ["absolute", "pickup", "toggle", "momentary", "relative"];

    internal static string[] Codings { get; } = ["twos-complement", "signed-bit", "signed-bit-2", "bin-offset"];
}
