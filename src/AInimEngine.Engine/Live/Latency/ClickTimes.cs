namespace AInimEngine.Engine.Live.Latency;

/// <summary>What became of one click, in milliseconds from one point to the next.</summary>
/// <param name="Capture">From when it was due at the output to when its samples had come from the input.</param>
/// <param name="Analysis">Until its onset was handed to the display.</param>
/// <param name="Waiting">Until the display began the frame that shows it.</param>
/// <param name="Drawing">Until the changed picture was read back from the window.</param>
/// <param name="Generator">From when it was due until the first picture of the generator that knows of it was shown; NaN where none came before the next click.</param>
public readonly record struct ClickTimes(double Capture, double Analysis, double Waiting, double Drawing, double Generator)
{
    /// <summary>From when it was due to the first changed picture, ms.</summary>
    public double Total => Capture + Analysis + Waiting + Drawing;
}
