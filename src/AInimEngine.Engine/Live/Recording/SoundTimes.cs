using System.Diagnostics;
using AInimEngine.Analysis;

namespace AInimEngine.Engine.Live.Recording;

/// <summary>
/// When the pieces of a show's sound sounded, in seconds since a monotonic start: by the count of samples, which follows the
/// clock slowly, as the clock of a sound card is never quite the computer's; at once where the clock says that there was a hole.
/// One thread.
/// </summary>
internal sealed class SoundTimes
{
    // Only a hole or a lost device is worth a jump.
    private const double Hole = 0.08;

    // What pieces are late by differs; over five seconds it does not. At 200 ppm, more than sound cards have, that lags 1 ms.
    private const double SettleSeconds = 5;

    // So little that sound can be stretched to follow, and nobody hears it.
    private const double MostStretch = 400e-6;

    private double _end = double.NaN;

    /// <summary>Seconds of the first sample of the next piece; may be negative.</summary>
    /// <param name="samples">Per channel.</param>
    /// <param name="end">Monotonic time of the last of them.</param>
    /// <param name="start">Monotonic time that is second 0.</param>
    internal double Next(int samples, long end, long start)
    {
        double length = (double)samples / Hop.SampleRate, measured = (double)(end - start) / Stopwatch.Frequency - length;
        if (double.IsNaN(_end) || measured - _end > Hole)
            _end = measured;
        else
            _end += length * Math.Clamp((measured - _end) / SettleSeconds, -MostStretch, MostStretch);
        double at = _end;
        _end += length;
        return at;
    }
}
