namespace AInimEngine.Core.Time;

/// <summary>The only source of time in the frame path. Advanced once per frame by the loop that owns it.</summary>
public interface IClock
{
    /// <summary>The current frame; constant between two calls of <see cref="Advance"/>.</summary>
    FrameTime Now { get; }

    /// <summary>Moves on to the next frame.</summary>
    void Advance();
}
