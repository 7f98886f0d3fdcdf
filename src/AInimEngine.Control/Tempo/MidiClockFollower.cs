using System.Diagnostics;

namespace AInimEngine.Control.Tempo;

/// <summary>
/// Follows a MIDI clock: 24 ticks a beat, whose jitter a delay-locked loop takes out (F. Adriaensen, "Using a DLL to filter
/// time", LAC 2005). Start puts beat 0 on the next tick, continue goes on, stop stands still. Written by the thread on which
/// MIDI comes in; <see cref="TryGet"/> may be called by any.
/// </summary>
public sealed class MidiClockFollower
{
    /// <summary>Ticks a beat.</summary>
    public const int TicksPerBeat = 24;

    /// <summary>Without ticks for so many seconds the clock is gone.</summary>
    public const double Patience = 1;

    /// <summary>Ticks after which a tempo is told.</summary>
    private const int LeastTicks = 12;

    /// <summary>Bandwidth of the loop over the tick rate: wide at first, then narrow, so that it locks fast and then holds still.</summary>
    private const double Wide = 0.08, Narrow = 0.006;

    /// <summary>A tick further off than so many periods is no jitter: the tempo jumped, or ticks were lost.</summary>
    private const double Far = 3;

    private readonly Lock _gate = new();
    private double _period, _expected, _at;
    private long _tick = -1, _seen;
    private int _far;
    private bool _stopped;

    /// <summary>A tick, F8.</summary>
    public void Tick(long timestamp)
    {
        lock (_gate)
        {
            double now = (double)timestamp / Stopwatch.Frequency;
            if (_seen > 0 && now - _at > Patience)
                _seen = 0;
            if (!_stopped)
                _tick++;
            if (_seen == 0)
            {
                (_at, _period, _far, _seen) = (now, 0, 0, 1);
                return;
            }
            if (_seen == 1)
            {
                // Two ticks that came in one bundle say nothing of the tempo.
                double period = now - _at;
                if (period is < 0.0025 or > 0.13)
                {
                    _at = now;
                    return;
                }
                (_period, _at, _expected, _seen) = (period, now, now + period, 2);
                return;
            }
            double error = now - _expected;
            _far = Math.Abs(error) > Far * _period ? _far + 1 : 0;
            if (_far > 2)
            {
                (_at, _seen, _far) = (now, 1, 0);
                return;
            }
            double share = Math.Max(Narrow, Wide * 8 / Math.Max(8, _seen)), w = 2 * Math.PI * share;
            _at = _expected;
            _expected += Math.Sqrt(2) * w * error + _period;
            _period = Math.Clamp(_period + w * w * error, 0.0025, 0.13);
            _seen++;
        }
    }

    /// <summary>Start, FA: the next tick is beat 0.</summary>
    public void Start()
    {
        lock (_gate)
            (_tick, _stopped) = (-1, false);
    }

    /// <summary>Continue, FB: goes on where it stopped, or was put.</summary>
    public void Continue()
    {
        lock (_gate)
            _stopped = false;
    }

    /// <summary>Stop, FC: the place stands still, the tempo is still followed.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopped = true;
    }

    /// <summary>Song position, F2: the next tick is this place.</summary>
    /// <param name="sixteenths">From the start of the song, 0 to 16383.</param>
    public void MoveTo(int sixteenths)
    {
        lock (_gate)
            _tick = sixteenths * (TicksPerBeat / 4L) - 1;
    }

    /// <summary>Where the clock stands.</summary>
    /// <param name="timestamp">Now, in ticks of <see cref="Stopwatch"/>.</param>
    /// <param name="bpm">Beats a minute, 19 to 1000.</param>
    /// <param name="beat">Beats since its start, with their fraction.</param>
    /// <returns>False when no clock runs: stopped, gone, or not yet understood.</returns>
    public bool TryGet(long timestamp, out double bpm, out double beat)
    {
        lock (_gate)
        {
            double now = (double)timestamp / Stopwatch.Frequency;
            (bpm, beat) = (0, 0);
            if (_seen < LeastTicks || _stopped || _tick < 0 || now - _at > Patience)
                return false;
            bpm = 60 / (_period * TicksPerBeat);
            beat = Math.Max(0, (_tick + (now - _at) / _period) / TicksPerBeat);
            return true;
        }
    }
}
