namespace AInimEngine.Analysis.Midi;

/// <summary>Converts between ticks of a MIDI file and seconds. Immutable.</summary>
public sealed class TempoMap
{
    private const double DefaultSecondsPerQuarter = 0.5;
    private readonly TempoChange[] _changes;

    private TempoMap(int ticksPerQuarter, TempoChange[] changes) => (TicksPerQuarter, _changes) = (ticksPerQuarter, changes);

    /// <summary>Ticks of a quarter note; 0 in a file that is timed by SMPTE frames, whose quarter notes are not said.</summary>
    public int TicksPerQuarter { get; }

    /// <summary>The tempi in order of time; the first begins at tick 0.</summary>
    public IReadOnlyList<TempoChange> Changes => _changes;

    /// <summary>A map of tempo events: 120 quarter notes a minute until the first.</summary>
    /// <param name="ticksPerQuarter">Above 0.</param>
    /// <param name="tempi">Tick and microseconds of a quarter note, both by the file; of several at one tick the last holds.</param>
    public static TempoMap FromTempi(int ticksPerQuarter, IEnumerable<(long Tick, int Microseconds)> tempi)
    {
        var changes = new List<TempoChange> { new(0, 0, DefaultSecondsPerQuarter / ticksPerQuarter) };
        foreach ((long tick, int microseconds) in tempi.OrderBy(tempo => tempo.Tick))
        {
            double secondsPerTick = microseconds / 1e6 / ticksPerQuarter;
            TempoChange last = changes[^1];
            if (last.Tick == tick)
                changes[^1] = last with { SecondsPerTick = secondsPerTick };
            else if (last.SecondsPerTick != secondsPerTick)
                changes.Add(new(tick, last.Seconds + (tick - last.Tick) * last.SecondsPerTick, secondsPerTick));
        }
        return new(ticksPerQuarter, [.. changes]);
    }

    /// <summary>A map of ticks that are fractions of a second.</summary>
    /// <param name="ticksPerSecond">Above 0.</param>
    public static TempoMap FromSmpte(double ticksPerSecond) => new(0, [new(0, 0, 1 / ticksPerSecond)]);

    /// <summary>Seconds of an instant in ticks; fractions of a tick allowed.</summary>
    public double SecondsAt(double tick)
    {
        TempoChange change = ChangeBefore(tick, static change => change.Tick);
        return change.Seconds + (tick - change.Tick) * change.SecondsPerTick;
    }

    /// <summary>Ticks of an instant in seconds.</summary>
    public double TicksAt(double seconds)
    {
        TempoChange change = ChangeBefore(seconds, static change => change.Seconds);
        return change.Tick + (seconds - change.Seconds) / change.SecondsPerTick;
    }

    /// <summary>Quarter notes a minute at a tick; 0 in a file that is timed by SMPTE frames.</summary>
    public double QuartersPerMinuteAt(double tick) => TicksPerQuarter == 0
        ? 0
        : 60 / (ChangeBefore(tick, static change => change.Tick).SecondsPerTick * TicksPerQuarter);

    private TempoChange ChangeBefore(double instant, Func<TempoChange, double> instantOf)
    {
        int low = 0, high = _changes.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (instantOf(_changes[middle]) <= instant)
                low = middle;
            else
                high = middle - 1;
        }
        return _changes[low];
    }
}
