using System.Diagnostics;
using System.Globalization;
using AInimEngine.Audio;
using AInimEngine.Audio.Playback;
using AInimEngine.Control.Osc;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live;
using AInimEngine.Media;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>
/// A show that is tried for long: presets change, the sound goes and comes, OSC floods in, presets that play are written over with
/// nonsense. Memory must stay what it was, and no frame be later than the machine itself makes it.
/// </summary>
public sealed class SoakRun
{
    // An edit is broken in the middle of a preset's turn, when it plays alone, and mended in time.
    private const double WarmShare = 0.25, BreakShare = 0.5, MendShare = 0.2, LossSeconds = 2;

    // Memory is looked at when nothing has come or gone for so long; the change that is due then waits for it, at most this long.
    private const double QuietSeconds = 0.3, LongestHold = 10;

    private readonly SoakSettings _settings;
    private readonly Action<bool> _takeAway;
    private readonly TextWriter? _output;
    private readonly string[] _files;
    private readonly byte[][] _texts;
    private readonly LiveHost _host;
    private readonly OscServer _osc;
    private readonly List<SoakSample> _samples = [];
    private readonly LateWatch _shownWatch = new(), _idleWatch = new();
    private long _sent;
    private int _changes, _losses, _refusals;

    private SoakRun(SoakSettings settings, Action<bool> takeAway, TextWriter? output, string[] files, LiveHost host)
    {
        (_settings, _takeAway, _output, _files, _host) = (settings, takeAway, output, files, host);
        _texts = [.. files.Select(File.ReadAllBytes)];
        _osc = host.Hands.OfType<OscServer>().First();
    }

    /// <summary>Tries a show to the demo track, whose sound is taken away without a device.</summary>
    /// <param name="settings">How hard.</param>
    /// <param name="output">Is told every sample; null for nobody.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="AInimException">There is no display, or a preset is missing.</exception>
    public static SoakReport Run(SoakSettings settings, TextWriter? output, CancellationToken cancellation)
    {
        using var track = new LoopedTrack(Installation.DemoTrack, cancellation);
        using var playback = FilePlayback.Start(track.Read, new FilePlaybackSettings { Device = null });
        var source = new SoakSource(playback);
        return Run(settings, source, away => source.IsAway = away, output, cancellation);
    }

    /// <summary>Tries a show to a sound of the caller's.</summary>
    /// <param name="settings">How hard.</param>
    /// <param name="source">The sound; the caller frees it afterwards.</param>
    /// <param name="takeAway">Takes it away and gives it back; called by a thread of the run's own.</param>
    /// <param name="output">Is told every sample; null for nobody.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="AInimException">There is no display, or a preset is missing.</exception>
    public static SoakReport Run(SoakSettings settings, ISoundSource source, Action<bool> takeAway, TextWriter? output, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("ainim-soak-").FullName;
        try
        {
            using var workers = new WorkerPool();
            string[] files = [.. settings.Presets.Select(preset => CopyTo(folder, preset))];
            using LiveHost host = LiveHost.Open(
                new LiveSettings
                {
                    Presets = files,
                    Width = settings.Width,
                    Height = settings.Height,
                    Fps = new Rational(settings.Fps, 1),
                    OscPort = 0,
                    Midi = "none",
                    TransitionBeats = 2,
                    Length = settings.Length,
                    Worker = settings.Worker is { } command ? LiveSettings.WorkersOf(command, workers) : null,
                    Server = settings.Server,
                },
                source, new Nobody());
            return new SoakRun(settings, takeAway, output, files, host).Run(cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private SoakReport Run(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        double warm = WarmShare * _settings.Length.TotalSeconds;
        long start = Stopwatch.GetTimestamp();
        _host.Shown = _ => _shownWatch.Take(Stopwatch.GetElapsedTime(start).TotalSeconds >= warm);
        var idle = new Thread(() => Idle(start, warm, stop.Token)) { Name = "idle loop" };
        var trouble = new Thread(() => MakeTrouble(stop.Token)) { Name = "trouble" };
        idle.Start();
        trouble.Start();
        _host.Run(cancellation);
        stop.Cancel();
        trouble.Join();
        idle.Join();
        return new SoakReport(_samples, _shownWatch.Count, _shownWatch.LongestMs, _idleWatch.LongestMs, _changes, _losses, _sent, _osc.Received, _osc.Malformed, _refusals);
    }

    /// <summary>Waits for every frame's time, and for nothing else.</summary>
    private void Idle(long start, double warm, CancellationToken stop)
    {
        var clock = new LiveClock(new Rational(_settings.Fps, 1));
        while (!stop.IsCancellationRequested)
        {
            Deadline.Wait(clock.Due);
            for (long late = clock.Late; late >= 0; late--)
                clock.Advance();
            _idleWatch.Take(Stopwatch.GetElapsedTime(start).TotalSeconds >= warm);
        }
    }

    private void MakeTrouble(CancellationToken stop)
    {
        using var flood = new SoakFlood(_osc.EndPoint.Port);
        double lossEvery = _settings.Length.TotalSeconds / Math.Max(1, _settings.Losses);
        double nextChange = _settings.ChangeSeconds, quietSince = double.PositiveInfinity, nextBreak = BreakShare * _settings.ChangeSeconds, mendAt = double.PositiveInfinity, giveBackAt = double.PositiveInfinity;
        double nextLoss = _settings.Losses > 0 ? lossEvery / 2 : double.PositiveInfinity;
        var clock = new LiveClock(new Rational(1000, 1));
        long due = 0;
        int preset = 0;
        bool isRefused = false;
        while (!stop.IsCancellationRequested)
        {
            Deadline.Wait(clock.Due);
            long late = clock.Late;
            for (long i = 0; i <= late; i++)
                clock.Advance();
            double now = clock.Now.Seconds;
            // A late loop does not make up for more than a tenth of a second: a flood is even.
            due = Math.Max(due, (long)((now - 0.1) * _settings.MessagesPerSecond));
            int count = (int)((long)(now * _settings.MessagesPerSecond) - due);
            flood.Send(count);
            due += count;
            // In the last preset's turn nothing is broken, so that memory is compared at the same place of every round.
            bool isLast = preset == _files.Length - 1;
            quietSince = _host.Stage.IsQuiet ? Math.Min(quietSince, now) : double.PositiveInfinity;
            bool holds = isLast && now - quietSince < QuietSeconds && now < nextChange + LongestHold;
            if (now >= nextChange && !holds)
            {
                if (isLast && now - quietSince >= QuietSeconds)
                    Sample(now);
                nextChange = now + _settings.ChangeSeconds;
                preset = (preset + 1) % _files.Length;
                quietSince = double.PositiveInfinity;
                _changes++;
                flood.Choose(preset + 1);
                if (preset < _files.Length - 1)
                    nextBreak = now + BreakShare * _settings.ChangeSeconds;
            }
            if (!isLast && Passes(ref nextBreak, now, double.PositiveInfinity))
            {
                File.WriteAllText(_files[preset], "{ \"version\": 1, \"name\": nonsense");
                mendAt = now + MendShare * _settings.ChangeSeconds;
            }
            if (Passes(ref mendAt, now, double.PositiveInfinity))
                for (int i = 0; i < _files.Length; i++)
                    File.WriteAllBytes(_files[i], _texts[i]);
            bool refuses = _host.Stage.Trouble is not null;
            _refusals += refuses && !isRefused ? 1 : 0;
            isRefused = refuses;
            if (Passes(ref nextLoss, now, lossEvery))
            {
                _takeAway(true);
                _losses++;
                giveBackAt = now + Math.Min(LossSeconds, lossEvery / 2);
            }
            if (Passes(ref giveBackAt, now, double.PositiveInfinity))
                _takeAway(false);
        }
        _sent = flood.Sent;
        if (!double.IsPositiveInfinity(giveBackAt))
            _takeAway(false);
    }

    private void Sample(double now)
    {
        // Giving memory back holds everybody who asks for some: no frame of this moment counts.
        _shownWatch.Pardons = _idleWatch.Pardons = true;
        SoakSample sample = SoakSample.Take(now, _host.Times.Frames, _settings.Worker);
        _shownWatch.Pardons = _idleWatch.Pardons = false;
        _samples.Add(sample);
        _output?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{sample.Seconds,7:0} s: managed {sample.Managed / 1048576.0:0.00} MB, resident {sample.Resident / 1048576.0:0.0} MB, of {sample.Workers} workers {sample.WorkersResident / 1048576.0:0.0} MB, {sample.Threads} threads; longest frame {_shownWatch.LongestMs:0} ms, idle {_idleWatch.LongestMs:0} ms"));
    }

    private static bool Passes(ref double at, double now, double every)
    {
        if (now < at)
            return false;
        at += every;
        return true;
    }

    private static string CopyTo(string folder, string preset)
    {
        Scene.ReadPreset(preset); // says what is wrong with it
        string copy = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(preset)}.json");
        File.Copy(File.Exists(preset) ? preset : Scene.Presets().List().First(entry => entry.Name == preset).Path, copy);
        return copy;
    }

    private sealed class Nobody : IWarningSink
    {
        public void Warn(string message)
        {
        }
    }

    /// <summary>A track that begins anew at its end: a soak is longer.</summary>
    private sealed class LoopedTrack(string path, CancellationToken cancellation) : IDisposable
    {
        private AudioFile _file = AudioFile.Open(path, new Nobody(), tools: null, cancellation);

        public int Read(Span<float> interleaved)
        {
            int count = _file.Read(interleaved);
            if (count > 0)
                return count;
            _file.Dispose();
            _file = AudioFile.Open(path, new Nobody(), tools: null, cancellation);
            return _file.Read(interleaved);
        }

        public void Dispose() => _file.Dispose();
    }
}
