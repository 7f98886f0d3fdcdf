namespace AInimEngine.Core.Control;

/// <summary>Something that was done to the tempo, on its way from a hand to who hears the beats.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Timestamp">The instant that is meant, in monotonic ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="Value">As the action says: BPM or beats.</param>
/// <param name="Beat">Where a clock stands at that instant, in beats from its start.</param>
public readonly record struct TempoCommand(TempoAction Action, long Timestamp, double Value = 0, double Beat = 0);
