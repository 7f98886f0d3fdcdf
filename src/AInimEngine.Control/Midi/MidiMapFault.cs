namespace AInimEngine.Control.Midi;

/// <summary>What is wrong with a map file, and where.</summary>
internal sealed class MidiMapFault(int line, int column, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>From 1.</summary>
    internal int Line { get; } = line;

    /// <summary>From 1, in bytes.</summary>
    internal int Column { get; } = column;
}
