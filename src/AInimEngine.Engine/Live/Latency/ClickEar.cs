using System.Diagnostics;
using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;

namespace AInimEngine.Engine.Live.Latency;

/// <summary>When clicks came in, and when an onset was told: on the hearing thread; the display's thread reads.</summary>
internal sealed class ClickEar : IEarProbe
{
    // A click begins where it is louder than this many times what was before, and than the faintest of all.
    private const float Over = 6, Faintest = 0.02f;

    private static readonly int s_onset = FeatureTable.Layout.OffsetOf("onset");
    private static readonly long s_rest = Stopwatch.Frequency / 2;

    private readonly Lock _lock = new();
    private long _arrived, _told, _quietFrom;
    private float _floor;

    /// <summary>Monotonic time at which the last click's first samples came from the device; 0 before the first.</summary>
    internal long Arrived
    {
        get
        {
            lock (_lock)
                return _arrived;
        }
    }

    /// <summary>Monotonic time at which the last click's onset was handed over; 0 while it was not.</summary>
    internal long ToldAt
    {
        get
        {
            lock (_lock)
                return _told;
        }
    }

    /// <inheritdoc/>
    public void Took(ReadOnlySpan<float> samples, long arrived)
    {
        float loudest = 0;
        foreach (float sample in samples)
            loudest = Math.Max(loudest, Math.Abs(sample));
        bool begins = loudest > Math.Max(Faintest, Over * _floor) && arrived > _quietFrom;
        _floor += (loudest - _floor) * (loudest > _floor ? 0.02f : 0.2f);
        if (!begins)
            return;
        _quietFrom = arrived + s_rest;
        lock (_lock)
            (_arrived, _told) = (arrived, 0);
    }

    /// <inheritdoc/>
    public void Told(FeatureFrame hop)
    {
        if (hop.Values[s_onset] <= 0)
            return;
        lock (_lock)
            if (_arrived != 0 && _told == 0)
                _told = Stopwatch.GetTimestamp();
    }
}
