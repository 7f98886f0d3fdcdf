namespace AInimEngine.Engine.Live;

/// <summary>How often something happens a second, over the last second or so. One thread.</summary>
internal sealed class RateMeter
{
    private double _since = double.NaN;
    private long _before;

    /// <summary>Times a second.</summary>
    internal float Rate { get; private set; }

    /// <summary>Takes a running count.</summary>
    internal void Take(double seconds, long count)
    {
        if (double.IsNaN(_since))
            (_since, _before) = (seconds, count);
        double passed = seconds - _since;
        if (passed < 0.5)
            return;
        Rate = (float)((count - _before) / passed);
        (_since, _before) = (seconds, count);
    }
}
