using System.Net;
using System.Net.Sockets;
using System.Text;
using AInimEngine.Core.Control;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Control.Osc;

/// <summary>Answers to questions: where rows stand, and what rows there are. The listening thread; allocates nothing.</summary>
internal sealed class OscAnswers
{
    /// <summary>Longest sentence, in bytes: a row always fits into a packet.</summary>
    private const int MostSentence = 400;

    private readonly ControlSurface _surface;
    private readonly OscAddresses _addresses;
    private readonly OscWriter _writer = new();
    private readonly byte[][] _units, _sentences;

    internal OscAnswers(ControlSurface surface, OscAddresses addresses)
    {
        _surface = surface;
        _addresses = addresses;
        _units = [.. surface.Rows.Select(row => Encoding.UTF8.GetBytes(row.Parameter?.Unit ?? ""))];
        _sentences = [.. surface.Rows.Select(row => Encoding.UTF8.GetBytes(row.Description)).Select(text => text.Length <= MostSentence ? text : text[..MostSentence])];
    }

    /// <summary>The row's address and its position as a float, one packet a row.</summary>
    internal void SendPositions(Socket socket, SocketAddress to, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            _writer.Begin();
            if (_writer.TryAdd(_addresses.Of(row), [_surface.Position(row)]))
                socket.SendTo(_writer.Packet, SocketFlags.None, to);
        }
    }

    /// <summary>
    /// "/ainim/rows n", then every row in bundles: its address with kind, position, smallest, largest and default value,
    /// unit, and sentence.
    /// </summary>
    internal void SendAll(Socket socket, SocketAddress to)
    {
        _writer.BeginBundle();
        _writer.TryAdd("/ainim/rows"u8, [_addresses.Count]);
        for (int row = 0; row < _addresses.Count; row++)
        {
            if (TryAdd(row))
                continue;
            socket.SendTo(_writer.Packet, SocketFlags.None, to);
            _writer.BeginBundle();
            TryAdd(row);
        }
        if (!_writer.IsEmpty)
            socket.SendTo(_writer.Packet, SocketFlags.None, to);
    }

    private bool TryAdd(int row)
    {
        Parameter? parameter = _surface.Rows[row].Parameter;
        return _writer.TryAddRow(
            _addresses.Of(row),
            Kind(_surface.Rows[row].Kind),
            [_surface.Position(row), parameter?.Min ?? 0, parameter?.Max ?? 1, parameter?.Default ?? 0],
            _units[row],
            _sentences[row]);
    }

    private static ReadOnlySpan<byte> Kind(ControlKind kind) => kind switch
    {
        ControlKind.Value => "value"u8,
        ControlKind.Switch => "switch"u8,
        ControlKind.Trigger => "trigger"u8,
        _ => "text"u8,
    };
}
