namespace AInimEngine.Core.Time;

/// <summary>The offline clock: every <see cref="Advance"/> is exactly one frame, however long it took to make.</summary>
/// <param name="fps">Frames a second.</param>
/// <param name="firstFrame">Frame to start at, for a render that goes on.</param>
public sealed class FixedStepClock(Rational fps, long firstFrame = 0) : IClock
{
    /// <inheritdoc/>
    public FrameTime Now { get; private set; } = new(firstFrame, fps);

    /// <inheritdoc/>
    public void Advance() => Now = Now with { Index = Now.Index + 1 };
}
