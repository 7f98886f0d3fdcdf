using System.Diagnostics;
using AInimEngine.Audio;
using AInimEngine.Audio.Playback;
using AInimEngine.Core.Errors;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Engine.Live.Latency;

/// <summary>
/// Measures how long sound takes to the screen: plays clicks on the default output, hears them like a show, and looks at what
/// the window shows. A click is answered by the first picture after it that is brighter by more than pictures are by themselves.
/// </summary>
public sealed class LatencyRun
{
    private const ulong Seed = 20_261_127;

    // Ranges are learned and code is compiled at the first clicks.
    private const int Rehearsals = 3;

    private const double LeastThreshold = 3, OverNoise = 2.5;

    // Changes of pictures by themselves are counted in quarters of a grey level.
    private const int Steps = 4, MostNoise = 64;

    // Clicks come every second and a quarter, the first after four.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(10);

    private static readonly long s_patience = Stopwatch.Frequency * 6 / 10, s_rest = Stopwatch.Frequency * 8 / 10, s_early = Stopwatch.Frequency / 20;

    private readonly int _wanted;
    private readonly WindowEye _eye;
    private readonly ClickPlayer _player;
    private readonly ClickEar _ear;
    private readonly List<ClickTimes> _answered = [];
    private readonly Queue<long> _coming = new();
    private long _due, _answeredFrame = -1, _toldAt;
    private ClickTimes _times;
    private readonly int[] _quiet = new int[Steps * MostNoise];
    private double _last = double.NaN;
    private int _played;
    private bool _waits, _isSilent;
    private int _unheard, _untold, _unseen;

    private LatencyRun(int wanted, WindowEye eye, ClickPlayer player, ClickEar ear) => (_wanted, _eye, _player, _ear) = (wanted + Rehearsals, eye, player, ear);

    /// <summary>Plays a show of one preset and measures; opens and closes the window.</summary>
    /// <param name="settings">How it is played; the first preset counts.</param>
    /// <param name="source">What is heard; the caller frees it afterwards.</param>
    /// <param name="clicks">How many count, from 1.</param>
    /// <param name="warnings">Told what does not work and is not needed.</param>
    /// <param name="cancellation">Ends it early; what was measured counts.</param>
    /// <exception cref="AInimException">There is no display, no output, none that says when it plays, or no such preset.</exception>
    public static LatencyReport Run(LiveSettings settings, ISoundSource source, int clicks, IWarningSink warnings, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clicks, 1);
        using var preset = new LatencyPreset(settings.Presets.Count > 0 ? settings.Presets[0] : Offline.RenderRequest.DefaultPreset);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ear = new ClickEar();
        using LiveHost host = LiveHost.Open(settings with { Presets = [preset.Path], Length = null, Record = null }, source, warnings);
        host.Ear.Probe = ear;
        using var player = ClickPlayer.Start(Seed);
        var run = new LatencyRun(clicks, new WindowEye(host.Window), player, ear);
        host.Shown = shown =>
        {
            if (!run.Look(shown))
                end.Cancel();
        };
        host.Run(end.Token);
        if (player.Failure is { } failure)
            warnings.Warn($"the clicks ended early: {failure}");
        if (run._isSilent && run._played == 0)
            throw new AInimException(ExitCode.Environment, $"no click had a time for {s_longestSilence.TotalSeconds:0} s: the sound server does not say when its output plays ({player.Timing}). Choose another output ('ainim devices' lists them), or restart the server.");
        if (run._isSilent)
            warnings.Warn($"the clicks ended early: the sound server has not said for {s_longestSilence.TotalSeconds:0} s when its output plays");
        return run.Report();
    }

    private double Threshold => Math.Max(LeastThreshold, OverNoise * Noise);

    /// <summary>What 99 of 100 pictures change by at most while nothing is heard.</summary>
    private double Noise
    {
        get
        {
            int total = 0, seen = 0;
            foreach (int count in _quiet)
                total += count;
            for (int i = 0; i < _quiet.Length && total > 0; i++)
                if ((seen += _quiet[i]) >= 0.99 * total)
                    return (i + 1.0) / Steps;
            return 0;
        }
    }

    /// <summary>Looks at the window after a frame.</summary>
    /// <returns>False when all is measured.</returns>
    private bool Look(LiveHost host)
    {
        double light = _eye.Look();
        long now = Stopwatch.GetTimestamp();
        double change = double.IsNaN(_last) ? 0 : light - _last;
        _last = light;
        _toldAt = _toldAt == 0 ? now : _toldAt;
        while (_player.TryRead(out long due))
        {
            _coming.Enqueue(due);
            _toldAt = now;
        }
        _isSilent = _played < _wanted && _coming.Count == 0 && Stopwatch.GetElapsedTime(_toldAt, now) > s_longestSilence;
        // What plays hands out a few milliseconds at once, so that a click may be heard a little before it is due.
        if (_coming.TryPeek(out long next) && now >= next - s_early)
        {
            Finish();
            _due = _coming.Dequeue();
            _waits = true;
            _played++;
        }
        if (_answeredFrame >= 0 && double.IsNaN(_times.Generator) && host.Stage.GeneratedFor >= _answeredFrame)
            _times = _times with { Generator = Milliseconds(_due, now) };
        if (_waits && change > Threshold)
            Answer(host, now);
        else if (_waits && now - _due > s_patience)
            _waits = false;
        else if (!_waits && _played > 0 && now - _due > s_rest && (_coming.Count == 0 || now < _coming.Peek() - s_early))
            _quiet[(int)Math.Clamp(Math.Abs(change) * Steps, 0, _quiet.Length - 1)]++;
        return _player.Failure is null && !_isSilent && (_played < _wanted || _waits || now - _due < s_rest);
    }

    private void Answer(LiveHost host, long now)
    {
        (long arrived, long told) = (_ear.Arrived, _ear.ToldAt);
        // A change without an onset that came from this click is not its answer.
        if (told == 0 || arrived < _due - s_early)
            return;
        _waits = false;
        _answeredFrame = host.Painted;
        _times = new ClickTimes(Milliseconds(_due, arrived), Milliseconds(arrived, told), Milliseconds(told, host.Started), Milliseconds(host.Started, now), double.NaN);
    }

    private void Finish()
    {
        if (_played > Rehearsals)
        {
            if (_answeredFrame >= 0)
                _answered.Add(_times);
            else if (_ear.Arrived < _due - s_early)
                _unheard++;
            else if (_ear.ToldAt == 0)
                _untold++;
            else
                _unseen++;
        }
        _answeredFrame = -1;
    }

    private LatencyReport Report()
    {
        Finish();
        return new LatencyReport(Math.Max(0, _played - Rehearsals), _answered, _player.Timing, Noise, Threshold) { Unheard = _unheard, Untold = _untold, Unseen = _unseen };
    }

    private static double Milliseconds(long from, long to) => (to - from) * 1000.0 / Stopwatch.Frequency;
}
