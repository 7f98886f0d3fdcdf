using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;

namespace AInimEngine.Control.Osc;

/// <summary>
/// OSC out, so that lights and others can follow: features, beat and tempo at a set rate, and where rows stand when they
/// move. Any thread may call it; calls wait for each other for microseconds. Nobody who listens is needed: what does not
/// arrive is counted where the system says so. Allocates nothing after it was made.
/// </summary>
/// <remarks>
/// "/ainim/audio/FEATURE f.." for every normalised feature, "/ainim/onset/BAND f" once an onset (the strongest since the
/// last sending; "/ainim/onset" for all bands together), "/ainim/tempo f" in BPM, "/ainim/beat/phase f" and
/// "/ainim/bar/phase f" 0..1, "/ainim/beat f" with the place in the bar, from 1, when a beat begins, and "/ainim/ROW f",
/// 0..1, when a row has moved.
/// </remarks>
public sealed class OscSender : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly SocketAddress _to;
    private readonly OscWriter _writer = new();
    private readonly OscFeatureFields _fields;
    private readonly OscAddresses? _addresses;
    private readonly ControlSurface? _surface;
    private readonly float[] _sent;
    private readonly long _ticksPerSending;
    private readonly Func<long> _timestamp;
    private long _featuresDue, _rowsDue, _packets, _failed;
    private float _bpm, _beatPhase, _barPhase;
    private bool _hasTempo;

    private OscSender(Socket socket, IPEndPoint to, double rate, FrameLayout features, ControlSurface? surface, Func<long>? timestamp)
    {
        _socket = socket;
        _to = to.Serialize();
        EndPoint = to;
        _ticksPerSending = (long)(Stopwatch.Frequency / rate);
        _fields = new OscFeatureFields(features);
        _surface = surface;
        _addresses = surface is null ? null : new OscAddresses(surface);
        _sent = new float[surface?.Rows.Count ?? 0];
        Array.Fill(_sent, -1);
        _timestamp = timestamp ?? Stopwatch.GetTimestamp;
        _featuresDue = _rowsDue = long.MinValue;
    }

    /// <summary>Where it sends to.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Packets sent.</summary>
    public long Packets => Volatile.Read(ref _packets);

    /// <summary>Packets that the system refused.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Opens the way to a listener.</summary>
    /// <param name="to">"host:port", "host", "[::1]:port"; port 9001 where none is named.</param>
    /// <param name="features">Layout of the frames that will be sent; fields whose name begins with "raw." are left out.</param>
    /// <param name="surface">Rows whose movements are told; null for none.</param>
    /// <param name="rate">Sendings a second, 1 to 200.</param>
    /// <param name="timestamp">Monotonic time in ticks of <see cref="Stopwatch"/>; the machine's if null.</param>
    /// <exception cref="AInimException">The address is none, or the name is not known.</exception>
    public static OscSender Open(string to, FrameLayout features, ControlSurface? surface = null, double rate = 30, Func<long>? timestamp = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 200);
        IPEndPoint end = OscAddress.Resolve(to);
        var socket = new Socket(end.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = end.AddressFamily == AddressFamily.InterNetwork, Blocking = false };
        return new OscSender(socket, end, rate, features, surface, timestamp);
    }

    /// <summary>What was heard: kept until the next sending is due, onsets the strongest of them.</summary>
    public void Send(FeatureFrame frame)
    {
        lock (_gate)
        {
            _fields.Hear(frame);
            long now = _timestamp();
            if (!IsDue(ref _featuresDue, now))
                return;
            _writer.BeginBundle();
            for (int i = 0; i < _fields.Count; i++)
            {
                if (_fields.TryTake(i, frame, out ReadOnlySpan<float> values))
                    Add(_fields.AddressOf(i), values);
            }
            if (_hasTempo)
            {
                Add("/ainim/tempo"u8, [_bpm]);
                Add("/ainim/beat/phase"u8, [_beatPhase]);
                Add("/ainim/bar/phase"u8, [_barPhase]);
            }
            Flush();
        }
    }

    /// <summary>Where the music is; goes out with the next features.</summary>
    /// <param name="bpm">Beats a minute; 0 when there is no pulse.</param>
    /// <param name="beatPhase">Place in the beat, 0..1.</param>
    /// <param name="barPhase">Place in the bar, 0..1.</param>
    public void SetTempo(float bpm, float beatPhase, float barPhase)
    {
        lock (_gate)
            (_bpm, _beatPhase, _barPhase, _hasTempo) = (bpm, beatPhase, barPhase, true);
    }

    /// <summary>A beat begins: goes out at once.</summary>
    /// <param name="place">Its number in the bar, from 1.</param>
    public void SendBeat(int place)
    {
        lock (_gate)
        {
            _writer.Begin();
            _writer.TryAdd("/ainim/beat"u8, [place]);
            Post();
        }
    }

    /// <summary>Sends the rows that moved since the last sending, all of them the first time; at most at the set rate. Once a frame.</summary>
    public void SendRows()
    {
        if (_surface is null)
            return;
        lock (_gate)
        {
            if (!IsDue(ref _rowsDue, _timestamp()))
                return;
            _writer.BeginBundle();
            for (int row = 0; row < _sent.Length; row++)
            {
                if (_surface.Rows[row].Kind is ControlKind.Trigger or ControlKind.Text)
                    continue;
                float position = _surface.Position(row);
                if (position == _sent[row])
                    continue;
                _sent[row] = position;
                Add(_addresses!.Of(row), [position]);
            }
            Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            _socket.Dispose();
    }

    /// <summary>Whether it is time, and when it will be again: late once is not late for ever.</summary>
    private bool IsDue(ref long due, long now)
    {
        if (now < due)
            return false;
        due = due == long.MinValue || now - due > _ticksPerSending ? now + _ticksPerSending : due + _ticksPerSending;
        return true;
    }

    private void Add(ReadOnlySpan<byte> address, ReadOnlySpan<float> values)
    {
        if (_writer.TryAdd(address, values))
            return;
        Flush();
        _writer.BeginBundle();
        _writer.TryAdd(address, values);
    }

    private void Flush()
    {
        if (!_writer.IsEmpty)
            Post();
    }

    private void Post()
    {
        try
        {
            _socket.SendTo(_writer.Packet, SocketFlags.None, _to);
            _packets++;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            _failed++;
        }
    }
}
