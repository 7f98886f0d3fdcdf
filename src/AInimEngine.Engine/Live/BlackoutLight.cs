namespace AInimEngine.Engine.Live;

/// <summary>
/// How much light a blackout leaves. It comes after the flash limiter, so that it is dark at once; the light comes back at most
/// once in any second, so that a switch that trembles, or is played as a strobe, makes one flash of it. One thread.
/// </summary>
internal sealed class BlackoutLight
{
    /// <summary>Seconds from one return of the light to the next, at least.</summary>
    internal const double Rest = 1;

    private const double Fade = 0.06;

    private double _returnedAt = double.NegativeInfinity;
    private bool _returns = true;

    /// <summary>1 is all of it.</summary>
    internal float Light { get; private set; } = 1;

    /// <summary>Begins dark.</summary>
    internal void Begin() => (Light, _returns) = (0, false);

    /// <summary>Goes on by a frame.</summary>
    /// <param name="dark">What is asked for.</param>
    /// <param name="seconds">Time of the frame.</param>
    /// <param name="delta">Since the frame before.</param>
    internal float Step(bool dark, double seconds, double delta)
    {
        if (dark)
            _returns = false;
        else if (!_returns && seconds - _returnedAt >= Rest)
            (_returns, _returnedAt) = (true, seconds);
        float step = (float)(delta / Fade);
        Light = _returns ? Math.Min(1, Light + step) : Math.Max(0, Light - step);
        return Light;
    }
}
