using System.Diagnostics;

namespace AInimEngine.Core.Time;

/// <summary>
/// The live clock: frame k is due k/fps after the start, by the machine's monotonic time. It goes on frame by frame like the
/// offline one, and says how many are due, so that a loop that was late catches up in its state and not in its pictures.
/// One thread.
/// </summary>
/// <param name="fps">Frames a second.</param>
/// <param name="timestamp">Monotonic time in ticks of <see cref="Stopwatch.Frequency"/>; <see cref="Stopwatch.GetTimestamp"/> if null.</param>
public sealed class LiveClock(Rational fps, Func<long>? timestamp = null) : IClock
{
    private readonly Func<long> _timestamp = timestamp ?? Stopwatch.GetTimestamp;
    private readonly Rational _ticksPerFrame = new Rational(Stopwatch.Frequency, 1) * fps.Reciprocal;
    private long _start = long.MinValue;

    /// <inheritdoc/>
    public FrameTime Now { get; private set; } = new(0, fps);

    /// <summary>Monotonic time at which the current frame is due; the first call starts the clock.</summary>
    public long Due => Started + _ticksPerFrame.CeilingMultiply(Now.Index);

    /// <summary>Frames behind the current one that are due already.</summary>
    public long Late => Math.Max(0, _ticksPerFrame.Reciprocal.FloorMultiply(_timestamp() - Started) - Now.Index);

    /// <inheritdoc/>
    public void Advance() => Now = Now with { Index = Now.Index + 1 };

    private long Started => _start == long.MinValue ? _start = _timestamp() : _start;
}
