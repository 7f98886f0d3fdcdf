using System.Runtime.InteropServices;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>The controls of a picture that a generator made.</summary>
internal static class LogPicture
{
    /// <summary>Bytes before the controls: deck, frame, frame of the controls' time, count.</summary>
    internal const int HeadSize = 4 + 8 + 8 + 4;

    /// <summary>Writes what goes before the controls.</summary>
    internal static void PackHead(Span<byte> head, int deck, long frame, long time, int controls)
    {
        MemoryMarshal.Write(head, deck);
        MemoryMarshal.Write(head[4..], frame);
        MemoryMarshal.Write(head[12..], time);
        MemoryMarshal.Write(head[20..], controls);
    }

    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static (int Deck, long Frame, long Time, float[] Controls) Unpack(ReadOnlySpan<byte> bytes)
    {
        var from = new LogUnpacker(bytes);
        return (from.Next<int>(), from.Next<long>(), from.Next<long>(), from.Many<float>(LogDeck.MostControls).ToArray());
    }
}
