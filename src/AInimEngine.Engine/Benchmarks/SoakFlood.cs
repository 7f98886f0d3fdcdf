using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>OSC as a broken or an evil program sends it: good messages, unknown ones, patterns, and bytes that are none. One thread.</summary>
internal sealed class SoakFlood : IDisposable
{
    private const int Kinds = 512, Malformed = 4;
    private const ulong Seed = 0x50AC;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[][] _packets;
    private int _next;

    internal SoakFlood(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _packets = [.. Enumerable.Range(0, Kinds).Select(Packet)];
    }

    /// <summary>Messages sent.</summary>
    internal long Sent { get; private set; }

    /// <summary>Sends some.</summary>
    internal void Send(int count)
    {
        for (int i = 0; i < count; i++)
            Send(_packets[_next++ % Kinds]);
    }

    /// <summary>Asks for a preset by its number, from 1.</summary>
    internal void Choose(int number) => Send(Message("/ainim/preset/number", (number - 1f) / (Live.LiveRows.MostPresets - 1)));

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Send(byte[] packet)
    {
        try
        {
            _socket.Send(packet);
            Sent++;
        }
        catch (SocketException)
        {
            // Nobody listens any more, or the system's buffers are full: the next one.
        }
    }

    private static byte[] Packet(int index)
    {
        float value = Philox.Uniform(Seed, 1, (ulong)index);
        if (index % Malformed == 0)
            return Nonsense(index);
        return (index % 5) switch
        {
            0 => Message("/ainim/master/intensity", 0.4f + 0.2f * value),
            1 => Message("/ainim/param/bloom.strength", value),
            2 => Message($"/ainim/nothing/{index}", value),
            3 => Message("/ainim/master/{speed,brightness}", 0.5f + 0.5f * value),
            _ => [.. "#bundle\0"u8, 0, 0, 0, 0, 0, 0, 0, 1, .. Sized(Message("/ainim/param/grade.exposure", value)), .. Sized(Message("/ainim/master/speed", 0.25f))],
        };
    }

    private static byte[] Nonsense(int index)
    {
        byte[] good = Message("/ainim/master/intensity", 0.5f);
        switch (index / Malformed % 4)
        {
            case 0:
                return good[..^3];
            case 1:
                return [.. "#bundle\0"u8, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 0xFF, 0xFF, 0xFF, .. good];
            case 2:
                var noise = new byte[4 + index % 60];
                for (int i = 0; i < noise.Length; i++)
                    noise[i] = (byte)Philox.Hash(Seed, (ulong)index, (ulong)i);
                return noise;
            default:
                return [.. Encoding.ASCII.GetBytes("/ainim/master/speed\0,fffffffff\0\0"), 1, 2];
        }
    }

    private static byte[] Message(string address, float value)
    {
        int length = address.Length + 4 - address.Length % 4;
        var packet = new byte[length + 8];
        Encoding.ASCII.GetBytes(address, packet);
        packet[length] = (byte)',';
        packet[length + 1] = (byte)'f';
        BinaryPrimitives.WriteSingleBigEndian(packet.AsSpan(length + 4), value);
        return packet;
    }

    private static byte[] Sized(byte[] message)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, message.Length);
        return [.. size, .. message];
    }
}
