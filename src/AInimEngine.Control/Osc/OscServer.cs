using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;

namespace AInimEngine.Control.Osc;

/// <summary>
/// OSC in: every row of a surface under "/ainim/" and its id. It listens on its own thread; positions that come faster than
/// the loop reads replace each other, so a flood delays nothing and pushes no trigger out. Questions are answered to who
/// asked. What cannot be read is counted.
/// </summary>
public sealed class OscServer : IControlSource
{
    private const int MostPacket = 65536;

    /// <summary>Answers a second that one question after the other may cost.</summary>
    private const int MostAnswers = 1000;

    /// <summary>Full lists a second: one packet asks for many.</summary>
    private const int MostLists = 4;

    private readonly Socket _socket;
    private readonly Thread _thread;
    private readonly Func<long> _timestamp;
    private OscRoom _room;
    private OscTally _past;
    private long _second;
    private int _answered, _listed;
    private volatile bool _ends;

    private OscServer(ControlSurface surface, Socket socket, Func<long>? timestamp)
    {
        _socket = socket;
        _timestamp = timestamp ?? Stopwatch.GetTimestamp;
        _room = new OscRoom(surface, _timestamp);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _thread = new Thread(Listen) { Name = "osc", IsBackground = true };
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc/>
    public string Name => $"OSC {EndPoint.Port}";

    /// <inheritdoc/>
    public long Dropped => Tally.Dropped;

    /// <summary>Messages that did or asked something.</summary>
    public long Received => Tally.Received;

    /// <summary>Messages and bundles that break the rules of OSC, or whose argument does not suit their row.</summary>
    public long Malformed => Tally.Malformed;

    /// <summary>Messages to addresses that nothing listens to.</summary>
    public long Unknown => Tally.Unknown;

    /// <summary>Positions that a newer one replaced before the loop read them; nothing is lost with them.</summary>
    public long Superseded => Tally.Superseded;

    private OscTally Tally => _past + Volatile.Read(ref _room).Tally;

    /// <summary>Begins to listen.</summary>
    /// <param name="surface">The rows that can be reached.</param>
    /// <param name="settings">Port and address.</param>
    /// <param name="timestamp">Monotonic time in ticks of <see cref="Stopwatch"/>; the machine's if null. Called on the listening thread.</param>
    /// <exception cref="AInimException">The port is taken or may not be bound.</exception>
    public static OscServer Start(ControlSurface surface, OscSettings settings, Func<long>? timestamp = null)
    {
        if (settings.Port is < 0 or > 65535)
            throw new AInimException(ExitCode.Usage, $"OSC port {settings.Port} is no port. Name one from 1 to 65535.");
        var socket = new Socket(settings.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.ReceiveBufferSize = 1 << 20;
            socket.Bind(new IPEndPoint(settings.Address, settings.Port));
            var server = new OscServer(surface, socket, timestamp);
            server._thread.Start();
            return server;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            string reason = error.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"another program listens there. Close it, or choose another port with --osc {settings.Port % 65535 + 1}.",
                SocketError.AccessDenied => "this user may not use that port. Choose one above 1023.",
                SocketError.AddressNotAvailable => "this computer has no such address. Leave --osc-open out, or name one of its own.",
                _ => SystemReason.Of(error),
            };
            throw new AInimException(ExitCode.Environment, $"cannot listen to OSC on {settings.Address}:{settings.Port}: {reason}", error);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(out ControlEvent happened) => _room.Slots.TryRead(out happened);

    /// <summary>
    /// Other rows from now on, as when another preset plays: the port stays open, and what was not read yet is forgotten.
    /// The loop's thread, the one that reads.
    /// </summary>
    public void SetSurface(ControlSurface surface)
    {
        var room = new OscRoom(surface, _timestamp);
        _past += _room.Tally;
        Volatile.Write(ref _room, room);
    }

    /// <summary>Stops listening and waits for its thread.</summary>
    public void Dispose()
    {
        _ends = true;
        _socket.Dispose();
        if (_thread.IsAlive)
            _thread.Join();
    }

    private void Listen()
    {
        byte[] buffer = new byte[MostPacket];
        var sender = new SocketAddress(EndPoint.AddressFamily);
        while (!_ends)
        {
            try
            {
                int length = _socket.ReceiveFrom(buffer, SocketFlags.None, sender);
                OscRoom room = Volatile.Read(ref _room);
                OscRouter router = room.Router;
                OscPacket.Visit(buffer.AsSpan(0, length), ref router);
                if (router.AskedForAll || !router.Asked.IsEmpty)
                    Answer(room, sender);
            }
            catch (SocketException) when (!_ends)
            {
                // A packet that was too long, or word that an answer found nobody: the next one is as good as any.
            }
            catch (Exception error) when (_ends && error is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Answer(OscRoom room, SocketAddress to)
    {
        long second = _timestamp() / Stopwatch.Frequency;
        if (second != _second)
            (_second, _answered, _listed) = (second, 0, 0);
        if (!room.Router.Asked.IsEmpty && _answered < MostAnswers)
        {
            _answered += room.Router.Asked.Length;
            room.Answers.SendPositions(_socket, to, room.Router.Asked);
        }
        if (room.Router.AskedForAll && _listed < MostLists)
        {
            _listed++;
            room.Answers.SendAll(_socket, to);
        }
        room.Router.Forget();
    }
}
