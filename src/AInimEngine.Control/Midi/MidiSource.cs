using System.Diagnostics;
using AInimEngine.Control.Interop;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;

namespace AInimEngine.Control.Midi;

/// <summary>
/// MIDI in through RtMidi: all devices at once, those that come later too, with a map of what moves which row; learning,
/// clock, and lights that follow. Looks for devices on its own thread every two seconds; messages come on RtMidi's threads.
/// Without MIDI on the machine it stands still and says why.
/// </summary>
public sealed class MidiSource : IControlSource
{
    private static readonly TimeSpan s_wake = TimeSpan.FromMilliseconds(40);
    private static readonly long s_scanTicks = 2 * Stopwatch.Frequency;

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _ends = new();
    private ControlSurface _surface;
    private EventSlots _slots;
    private MidiRouter _router;
    private MidiFeedback _feedback;
    private readonly MidiApi _api;
    private readonly string? _only;
    private readonly Thread? _thread;
    private readonly RtMidiHandle? _scanner;
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private MidiDevice[] _devices = [];
    private MidiLearner? _learner;
    private string? _preset, _learnFor;
    private MidiBinding? _learned;
    private long _received, _faults, _droppedBefore;

    private MidiSource(ControlSurface surface, MidiMap map, MidiApi api, RtMidiHandle? scanner, string? reason, string? only)
    {
        _surface = surface;
        _slots = new EventSlots(surface);
        _router = new MidiRouter(surface, _slots);
        _feedback = new MidiFeedback(surface);
        (Map, _api, _scanner, Reason, _only) = (map, api, scanner, reason, only);
        _router.Bind(map.For(null));
        if (scanner is not null)
            _thread = new Thread(Watch) { Name = "midi", IsBackground = true };
    }

    /// <inheritdoc/>
    public string Name => _api == MidiApi.Jack ? "MIDI (JACK)" : "MIDI";

    /// <inheritdoc/>
    public long Dropped => Volatile.Read(ref _droppedBefore) + _slots.Dropped;

    /// <summary>Messages that came, clocks included.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>MIDI is there.</summary>
    public bool Active => _scanner is not null;

    /// <summary>Why it is not; null when it is.</summary>
    public string? Reason { get; }

    /// <summary>The clock that a device sends.</summary>
    public MidiClockFollower Clock { get; } = new();

    /// <summary>What is bound, learned bindings included. Any thread.</summary>
    public MidiMap Map { get; private set; }

    /// <summary>Names of the devices that are heard. Any thread.</summary>
    public IReadOnlyList<string> Devices => [.. Volatile.Read(ref _devices).Select(device => device.Name)];

    /// <summary>Id of the row that waits for a control; null when none does.</summary>
    public string? Learning { get; private set; }

    /// <summary>Begins to listen. Never throws for want of MIDI: see <see cref="Reason"/>.</summary>
    /// <param name="surface">The rows.</param>
    /// <param name="map">What is bound.</param>
    /// <param name="api">The system to use.</param>
    /// <param name="only">A part of the names of the devices that are heard, in any case; null for all.</param>
    public static MidiSource Start(ControlSurface surface, MidiMap map, MidiApi api = MidiApi.Any, string? only = null)
    {
        string? reason = null;
        RtMidiHandle? scanner = null;
        try
        {
            if (api == MidiApi.Any)
                api = MidiSystem.Find();
            scanner = RtMidiHandle.Create(isInput: true, api);
        }
        catch (AInimException error)
        {
            reason = error.Message;
        }
        var source = new MidiSource(surface, map, api, scanner, reason, only);
        source._thread?.Start();
        return source;
    }

    /// <summary>Names of the inputs that a machine has, as people see them.</summary>
    /// <exception cref="AInimException">There is no MIDI here.</exception>
    public static IReadOnlyList<string> ListInputs(MidiApi api = MidiApi.Any)
    {
        using RtMidiHandle scanner = RtMidiHandle.Create(isInput: true, api == MidiApi.Any ? MidiSystem.Find() : api);
        return [.. scanner.Ports().Select(port => MidiPortName.Clean(port.Name))];
    }

    /// <inheritdoc/>
    public bool TryRead(out ControlEvent happened) => _slots.TryRead(out happened);

    /// <summary>
    /// Other rows from now on, as when another preset plays: devices stay open, and what was not read yet is forgotten. The
    /// loop's thread, the one that reads.
    /// </summary>
    public void SetSurface(ControlSurface surface)
    {
        lock (_gate)
        {
            _droppedBefore += _slots.Dropped;
            _surface = surface;
            _slots = new EventSlots(surface);
            _router = new MidiRouter(surface, _slots);
            _feedback = new MidiFeedback(surface);
            (_learner, Learning) = (null, null);
            Rebind();
        }
    }

    /// <summary>Takes another map. Any thread.</summary>
    public void SetMap(MidiMap map)
    {
        lock (_gate)
        {
            Map = map;
            Rebind();
        }
    }

    /// <summary>Another preset plays: its own bindings count. Any thread.</summary>
    /// <param name="preset">Its name; null for none.</param>
    public void SetPreset(string? preset)
    {
        lock (_gate)
        {
            _preset = preset;
            Rebind();
        }
    }

    /// <summary>The next control that is moved will move a row; until it is known, nothing that is moved does anything. Any thread.</summary>
    /// <param name="row">Index of the row; not one of text.</param>
    /// <param name="preset">For this preset alone; null for all.</param>
    public void BeginLearn(int row, string? preset = null)
    {
        if (_surface.Rows[row].Kind == ControlKind.Text)
            throw new ArgumentException($"'{_surface.Rows[row].Id}' is a text: no control can say it", nameof(row));
        lock (_gate)
        {
            _learner = new MidiLearner(_surface.Rows[row]);
            Learning = _surface.Rows[row].Id;
            (_learnFor, _learned) = (preset, null);
        }
    }

    /// <summary>Nothing is learned after all. Any thread.</summary>
    public void CancelLearn()
    {
        lock (_gate)
            (_learner, Learning) = (null, null);
    }

    /// <summary>Takes what was learned, once; it is in <see cref="Map"/> already, which the caller may now write to a file. Any thread.</summary>
    public bool TryTakeLearned(out MidiBinding binding)
    {
        lock (_gate)
        {
            binding = _learned!;
            _learned = null;
            return binding is not null;
        }
    }

    /// <summary>Stops listening, closes the devices and waits for the thread.</summary>
    public void Dispose()
    {
        _ends.Set();
        if (_thread is { IsAlive: true })
            _thread.Join();
        foreach (MidiDevice device in _devices)
            device.Dispose();
        _devices = [];
        _scanner?.Dispose();
        _ends.Dispose();
    }

    /// <summary>A message of a device. RtMidi's thread; never throws.</summary>
    internal void Receive(string device, MidiReader reader, ReadOnlySpan<byte> message, long now)
    {
        Interlocked.Increment(ref _received);
        try
        {
            if (message[0] >= 0xF0)
            {
                TakeClock(message, now);
                return;
            }
            lock (_gate)
            {
                if (!reader.TryRead(message, out MidiMove first, out MidiMove second))
                    return;
                if (_learner is not null)
                {
                    _learner.Offer(device, first, second, now);
                    Conclude(now);
                    return;
                }
                _router.Take(device, first, now);
                if (second.Most > 0)
                    _router.Take(device, second, now);
            }
        }
        catch (Exception)
        {
            // No exception may cross the native frame; a message that breaks us is one that is passed over.
            Interlocked.Increment(ref _faults);
        }
    }

    /// <summary>Messages that broke something of ours.</summary>
    internal long Faults => Volatile.Read(ref _faults);

    private void TakeClock(ReadOnlySpan<byte> message, long now)
    {
        switch (message[0])
        {
            case 0xF8:
                Clock.Tick(now);
                break;
            case 0xFA:
                Clock.Start();
                break;
            case 0xFB:
                Clock.Continue();
                break;
            case 0xFC:
                Clock.Stop();
                break;
            case 0xF2 when message.Length > 2:
                Clock.MoveTo((message[2] & 127) << 7 | (message[1] & 127));
                break;
            default:
                break;
        }
    }

    private void Rebind()
    {
        _router.Bind(Map.For(_preset));
        _feedback.Forget();
    }

    private void Conclude(long now)
    {
        if (_learner is null || !_learner.TryConclude(now, out MidiBinding binding))
            return;
        Map = Map.With(binding, _learnFor);
        _learned = binding;
        (_learner, Learning) = (null, null);
        Rebind();
    }

    private void Watch()
    {
        long due = long.MinValue;
        do
        {
            long now = Stopwatch.GetTimestamp();
            if (now >= due)
            {
                Scan();
                due = now + s_scanTicks;
            }
            lock (_gate)
            {
                Conclude(now);
                _feedback.Update(_devices, _router.Bound);
            }
        }
        while (!_ends.Wait(s_wake));
    }

    /// <summary>Opens what has come and closes what has gone.</summary>
    private void Scan()
    {
        List<(uint Port, string Name)> ports = _scanner!.Ports();
        var kept = new List<MidiDevice>();
        bool changed = false;
        foreach (MidiDevice device in _devices)
        {
            if (device.Port == "virtual" || ports.Exists(port => port.Name == device.Port))
            {
                kept.Add(device);
                continue;
            }
            device.Dispose();
            changed = true;
        }
        _refused.RemoveWhere(name => name != "virtual" && !ports.Exists(port => port.Name == name));
        if (_devices.Length == 0 && _api != MidiApi.Windows)
            changed |= TryOpen(kept, "virtual", () => MidiDevice.OpenVirtual(this, _api));
        foreach ((uint port, string name) in ports)
        {
            if (_only is not null && !name.Contains(_only, StringComparison.OrdinalIgnoreCase))
                continue;
            if (!kept.Exists(device => device.Port == name))
                changed |= TryOpen(kept, name, () => MidiDevice.Open(this, _api, port, name));
        }
        if (!changed)
            return;
        lock (_gate)
        {
            Volatile.Write(ref _devices, [.. kept]);
            _feedback.Forget();
        }
    }

    /// <summary>A port that somebody else holds is tried again once it went and came back.</summary>
    private bool TryOpen(List<MidiDevice> kept, string name, Func<MidiDevice> open)
    {
        if (_refused.Contains(name))
            return false;
        try
        {
            kept.Add(open());
            return true;
        }
        catch (AInimException)
        {
            _refused.Add(name);
            return false;
        }
    }
}
