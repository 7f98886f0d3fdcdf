namespace AInimEngine.Mapping.Signals;

/// <summary>
/// A one-pole follower with its own time constants up and down, exact for inputs that hold still during a step, so that
/// any frame rate draws the same curve: y' = x + (y - x) exp(-dt / tau).
/// </summary>
/// <param name="attackMs">Milliseconds of rising; 0 reaches the input in the very step.</param>
/// <param name="releaseMs">Milliseconds of falling; 0 follows at once.</param>
internal struct Follower(double attackMs, double releaseMs)
{
    private readonly double _attack = attackMs / 1000, _release = releaseMs / 1000;

    /// <summary>The level after the last step.</summary>
    public double Value { get; set; }

    /// <summary>Goes on by one step and returns the level at its end.</summary>
    public double Step(double input, double seconds)
    {
        double tau = input >= Value ? _attack : _release;
        Value = tau > 0 ? input + (Value - input) * Math.Exp(-seconds / tau) : input;
        return Value;
    }

    /// <summary>Goes on by one step and returns the integral of the level over it, in seconds.</summary>
    public double StepIntegral(double input, double seconds)
    {
        double tau = input >= Value ? _attack : _release;
        double before = Value - input;
        Step(input, seconds);
        return input * seconds + (tau > 0 ? before * tau * (1 - Math.Exp(-seconds / tau)) : 0);
    }
}
