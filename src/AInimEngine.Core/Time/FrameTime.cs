namespace AInimEngine.Core.Time;

/// <summary>The instant of frame <paramref name="Index"/> at <paramref name="Fps"/> frames a second, exact.</summary>
/// <param name="Index">Frame number from 0.</param>
/// <param name="Fps">Frames a second, positive.</param>
public readonly record struct FrameTime(long Index, Rational Fps)
{
    /// <summary>Start of the frame in seconds, rounded to double once.</summary>
    public double Seconds => (double)Index * Fps.Denominator / Fps.Numerator;

    /// <summary>Length of one frame in seconds.</summary>
    public double DeltaSeconds => (double)Fps.Denominator / Fps.Numerator;
}
