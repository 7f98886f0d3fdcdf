using System.Buffers.Binary;

namespace AInimEngine.Control.Osc;

/// <summary>
/// Reads OSC 1.0 packets: a message, or a bundle of messages and bundles. Time tags are passed over: what comes, happens.
/// Never throws, allocates nothing, and looks at no byte twice but for a message's arguments.
/// </summary>
internal static class OscPacket
{
    /// <summary>Bundles in bundles; deeper ones are refused.</summary>
    internal const int MostDepth = 8;

    private const int HeadLength = 16;

    /// <summary>Hands every good message on and every bad part to <see cref="IOscHandler.Refuse"/>.</summary>
    internal static void Visit<THandler>(ReadOnlySpan<byte> packet, ref THandler handler)
        where THandler : IOscHandler, allows ref struct => Visit(packet, ref handler, 0);

    private static void Visit<THandler>(ReadOnlySpan<byte> packet, ref THandler handler, int depth)
        where THandler : IOscHandler, allows ref struct
    {
        if (!packet.StartsWith("#bundle\0"u8))
        {
            if (OscMessage.TryParse(packet, out OscMessage message))
                handler.Handle(message);
            else
                handler.Refuse();
            return;
        }
        if (packet.Length < HeadLength || depth >= MostDepth)
        {
            handler.Refuse();
            return;
        }
        for (packet = packet[HeadLength..]; !packet.IsEmpty;)
        {
            int size = packet.Length >= 4 ? BinaryPrimitives.ReadInt32BigEndian(packet) : -1;
            if (size <= 0 || size % 4 != 0 || size > packet.Length - 4)
            {
                handler.Refuse();
                return;
            }
            Visit(packet.Slice(4, size), ref handler, depth + 1);
            packet = packet[(4 + size)..];
        }
    }
}
