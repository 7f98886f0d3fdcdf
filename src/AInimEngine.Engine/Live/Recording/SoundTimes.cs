using System.Diagnostics;
using AInimEngine.Analysis;

namespace AInimEngine.Engine.Live.Recording;

/// <summary>
/// When the pieces of a show's sound sounded, in seconds since a monotonic start: by the count of samples, so that they join,
/// until the clock says that there was a hole. One thread.
/// </summary>
internal sealed class SoundTimes
{
    // Only a hole or a lost device is worth another time than the count of samples.
    private const double Drift = 0.08;

    private double _end = double.NaN;

    /// <summary>Seconds of the first sample of the next piece; may be negative.</summary>
    /// <param name="samples">Per channel.</param>
    /// <param name="end">Monotonic time of the last of them.</param>
    /// <param name="start">Monotonic time that is second 0.</param>
    internal double Next(int samples, long end, long start)
    {
        double length = (double)samples / Hop.SampleRate, measured = (double)(end - start) / Stopwatch.Frequency - length;
        if (double.IsNaN(_end) || Math.Abs(measured - _end) > Drift)
            _end = double.IsNaN(_end) ? measured : Math.Max(measured, _end);
        double at = _end;
        _end += length;
        return at;
    }
}
