using System.Diagnostics;
using System.Runtime.ExceptionServices;
using AInimEngine.Audio;
using AInimEngine.Audio.Level;
using AInimEngine.Control.Osc;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live.Guarding;
using AInimEngine.Engine.Live.Hands;
using AInimEngine.Engine.Live.Interop;
using AInimEngine.Engine.Live.Recording;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Overlay;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Presenting;
using AInimEngine.Rendering.Safety;
using AInimEngine.Rendering.Transitions;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Engine.Live;

/// <summary>
/// A show: sound in, pictures on a screen, hands on everything, until somebody ends it. <see cref="Run"/> is the display's loop
/// and belongs to the thread that opened the host, the process's main one. Decision 0013 has the whole plan.
/// </summary>
public sealed partial class LiveHost : IDisposable
{
    private static readonly TimeSpan QuitWindow = TimeSpan.FromSeconds(2), MessageTime = TimeSpan.FromSeconds(6);

    // Of frames that fail one after another: the third calls panic, the last ends the show.
    private const int FaultsBeforePanic = 3, MostFaults = 300;

    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(1), s_beginning = TimeSpan.FromSeconds(20), s_again = TimeSpan.FromMinutes(1);

    private const int MostTelling = 4;

    /// <summary>Frames that a late loop catches up with; time before them is lost.</summary>
    private const int MostMapped = 240;

    private readonly LiveSettings _settings;
    private readonly ISoundSource _source;
    private readonly IWarningSink _warnings;
    private readonly Belongings _owned = new();
    private readonly WindowSystem _windows;
    private readonly GlWindow _window;
    private readonly GlWindow? _performer;
    private readonly ControlSurface _surface;
    private readonly List<IControlSource> _hands = [];
    private readonly OscSender? _sender;
    private readonly MidiHand? _midi;
    private readonly TempoHand _tempo;
    private readonly LiveEar _ear;
    private readonly LiveStage _stage;
    private readonly LiveKeys _keys;
    private readonly LiveOverlay? _overlay;
    private readonly ShowRecorder _recorder;
    private readonly int _record;
    private readonly LiveLimiter _limiter;
    private readonly PicturePresenter _presenter;
    private readonly TestPattern _pattern;
    private readonly LiveView _view = new();
    private readonly RateMeter _displayRate = new(), _generatorRate = new(), _hopRate = new();
    private readonly Governor _governor = new();
    private readonly int _intensity, _speed, _brightness, _blackout, _freeze, _showOverlay, _showHelp, _testPattern, _tempoLock;
    private LiveClock _clock;
    private readonly BlackoutLight _dark = new();
    private long _messageUntil, _quitUntil, _viewedAt, _drawn, _pressedAt, _begunAt, _warnedAt;
    private int _telling;
    private int _faults;
    private bool _quit, _answers;
    private SoundStatus? _viewedStatus;
    private string? _failure, _warned;

    private LiveHost(LiveSettings settings, ISoundSource source, IWarningSink warnings, FirstScene? first)
    {
        (_settings, _source, _warnings) = (settings, source, warnings);
        _clock = new LiveClock(settings.Fps);
        try
        {
            _surface = LiveRows.Create(Scene.FullVocabulary().Parameters);
            (_intensity, _speed, _brightness) = (_surface.IndexOf(LiveRows.Intensity), _surface.IndexOf(LiveRows.Speed), _surface.IndexOf(LiveRows.Brightness));
            (_blackout, _freeze, _testPattern) = (_surface.IndexOf(LiveRows.Blackout), _surface.IndexOf(LiveRows.Freeze), _surface.IndexOf(LiveRows.TestPattern));
            (_showOverlay, _showHelp) = (_surface.IndexOf(LiveRows.Overlay), _surface.IndexOf(LiveRows.Help));
            using FirstScene? own = first is null ? FirstScene.Start(settings) : null;
            ThreadShare.Set(ThreadShare.Display); // before the driver starts its threads
            _windows = Own(WindowSystem.Open(settings.Server));
            _window = _windows.CreateWindow(new WindowSettings("AInimEngine", settings.Width, settings.Height, settings.FullScreen, settings.Display, settings.VSync)
            {
                MayBeElsewhere = settings.Resume is not null, // the screen may have gone with the show before
            });
            _performer = settings.OverlayWindow ? _windows.CreateWindow(new WindowSettings("AInimEngine: performer", 640, 480, VSync: false)) : null;
            GlContext context = _windows.Context;
            _presenter = Own(new PicturePresenter(context));
            _pattern = Own(new TestPattern(context, settings.Width, settings.Height));
            _limiter = Own(new LiveLimiter(context, settings.Width, settings.Height, settings.LimitFlashes));
            try
            {
                _overlay = Own(new LiveOverlay(context));
            }
            catch (AInimException error)
            {
                warnings.Warn($"there is no overlay: {error.Message}");
            }
            _stage = Own(new LiveStage(context, _surface, settings, warnings, first ?? own));
            _governor.Begin(_stage.FirstLevel);
            _stage.Allows = _governor.Allows;
            _ear = Own(new LiveEar(source, new AutoGainSettings { FixedDb = settings.GainDb }, _stage.Bands));
            _stage.Attach(_ear);
            _recorder = Own(new ShowRecorder(context, source, settings.Record ?? "ainim-live.mkv", settings.Width, settings.Height, settings.Fps) { Mends = settings is { Resume: not null, Record: not null } });
            _ear.Listener = _recorder.Hear;
            OpenOutputs();
            OpenLog(context);
            _record = _surface.IndexOf(LiveRows.Record);
            _tempoLock = _surface.IndexOf(TempoRows.Lock);
            _surface.Place(_record, settings.Record is null ? 0 : 1);
            if (settings.Midi != MidiHand.None)
            {
                _midi = Own(MidiHand.Start(_surface, settings.Midi, settings.MidiMap ?? Path.Combine(Installation.UserFolder, "midi.json"), warnings));
                _hands.Add(_midi.Source);
            }
            _tempo = new TempoHand(_surface, _midi?.Clock);
            _keys = new LiveKeys(_surface);
            if (settings.OscPort is { } port)
                OpenOsc(new OscSettings { Port = port }, warnings);
            _sender = settings.OscTo is { } to ? Own(OscSender.Open(to, Analysis.Features.FeatureTable.Layout, _surface)) : null;
            _ear.Teller = _sender is null ? null : new FeatureTeller(_sender);
            _surface.Place(_showOverlay, settings.Overlay ? 1 : 0);
            _keeper = settings.StateFile is { } file ? Own(new StateKeeper(file, _surface)) : null;
            if (settings.Resume is { } state)
                Resume(state);
        }
        catch
        {
            Free();
            throw;
        }
    }

    /// <summary>Everything in reach.</summary>
    public ControlSurface Surface => _surface;

    /// <summary>How the frames came.</summary>
    public FrameTimes Times { get; } = new();

    /// <summary>Pictures that generators made.</summary>
    public long GeneratorPictures => _stage.Pictures;

    /// <summary>Seconds that a picture of the generator takes, smoothed.</summary>
    public double GeneratorLatency => _stage.Latency;

    /// <summary>What the governor has taken away: 0 is nothing.</summary>
    public int Level => _governor.Level;

    /// <summary>Working size of the shaders that play over the picture's size.</summary>
    public float WorkScale => _stage.WorkScale;

    /// <summary>The preset that plays.</summary>
    public string Preset => _stage.Current;

    /// <summary>Frames shown with something changed by the flash limiter.</summary>
    public long LimitedFrames { get; private set; }

    /// <summary>What the show ended up with, in a line for people.</summary>
    public string Summary => FormattableString.Invariant(
        $"{Times.Frames} frames shown, {Times.Skipped} skipped; median {Times.IntervalMs(0.5):0.0} ms, 99 % under {Times.IntervalMs(0.99):0.0} ms, longest {Times.LongestMs:0} ms; {GeneratorPictures} pictures generated");

    /// <summary>What became of the recordings, for people; whole when <see cref="Run"/> has returned.</summary>
    public IReadOnlyList<string> Recordings => _recorder.Told;

    /// <summary>Called once a frame on the display's thread, after it was shown; for tests and measurements.</summary>
    internal Action<LiveHost>? Shown { get; set; }

    /// <summary>Monotonic time at which the frame that was shown last was begun.</summary>
    internal long Started { get; private set; }

    /// <summary>Number of the frame that was shown last.</summary>
    internal long Painted { get; private set; }

    internal GlWindow Window => _window;

    internal LiveEar Ear => _ear;

    internal IList<IControlSource> Hands => _hands;

    internal LiveStage Stage => _stage;

    internal ShowRecorder Recorder => _recorder;

    /// <summary>Opens windows, ports and threads.</summary>
    /// <param name="settings">How it is played.</param>
    /// <param name="source">The sound; the caller frees it after the host.</param>
    /// <param name="warnings">Told what does not work and is not needed.</param>
    /// <param name="first">Begun with the same settings; null to begin it here. Stays the caller's.</param>
    /// <exception cref="AInimException">There is no display, a port is taken, or the first preset cannot be loaded.</exception>
    public static LiveHost Open(LiveSettings settings, ISoundSource source, IWarningSink warnings, FirstScene? first = null) => new(settings, source, warnings, first);

    /// <summary>Plays until somebody ends it, or the length of the settings is over.</summary>
    /// <param name="cancellation">Ends it after the present frame.</param>
    public void Run(CancellationToken cancellation)
    {
        _clock = new LiveClock(_settings.Fps);
        _begunAt = Stopwatch.GetTimestamp();
        _end = EndOf(_settings);
        if (_settings.Resume is null)
            Say(_settings.Overlay ? "H shows the keys" : "H shows the keys, Tab the performer's overlay", isProblem: false);
        while (!_quit && !cancellation.IsCancellationRequested && Stopwatch.GetTimestamp() < _end)
        {
            Deadline.Wait(_clock.Due);
            Play();
            Shown?.Invoke(this);
        }
        _keeper?.End();
        _recorder.Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Free() is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    private Exception? Free()
    {
        Exception? failure = _owned.Free();
        ThreadShare.Set(ThreadShare.Usual);
        return failure;
    }

    /// <summary>A frame that fails leaves the last picture on the screen and is told; when none succeeds any more, the show is over.</summary>
    private void Play()
    {
        long frame = _clock.Now.Index;
        try
        {
            Frame();
            _faults = 0;
        }
#pragma warning disable CA1031 // Whatever a frame does, the next one is played.
        catch (Exception error) when (++_faults < MostFaults)
#pragma warning restore CA1031
        {
            Say($"a frame failed: {error.Message}", isProblem: true);
            if (_faults == FaultsBeforePanic)
                Panic();
            if (_clock.Now.Index == frame)
                _clock.Advance();
        }
    }

    private void Frame()
    {
        long started = Stopwatch.GetTimestamp();
        ReadWindow();
        ReadHands(started);

        // Frames that are over are mapped and not painted: motion goes on as if nothing had been late.
        long skipped = _clock.Late;
        double delta = _clock.Now.DeltaSeconds;
        float light = _dark.Step(_surface.Position(_blackout) > 0.5f, _clock.Now.Seconds, delta);
        _stage.Hands(_surface.Value(_intensity), _surface.Value(_speed), _surface.Value(_brightness), _surface.Position(_freeze) > 0.5f);
        for (long i = 0; i <= skipped; i++)
        {
            if (i > 0)
                _clock.Advance();
            // A computer that slept for an hour does not travel for an hour.
            if (skipped - i < MostMapped)
                _stage.Step(_clock.Now, SeenAt(), isPainted: i == skipped);
        }

        double seconds = _clock.Now.Seconds;
        GlTexture finished = _stage.Paint(seconds, _limiter.Target);
        if (_surface.Position(_testPattern) > 0.5f)
            finished = _pattern.Draw(_overlay?.Canvas, _clock.Now.Index, seconds, _window.Display.Name);
        GlTexture shown = _limiter.Apply(finished, light, seconds);
        LimitedFrames += _limiter.Acted ? 1 : 0;
        bool records = _surface.Position(_record) > 0.5f, recording = _recorder.Take(records, shown, _clock.Now.Index, _clock.Due);
        if (recording != records)
            _surface.Place(_record, 0);
        GiveOut(shown, _clock.Now.Index);
        Log(shown);
        Show(shown, started);
        (Started, Painted) = (started, _clock.Now.Index);
        _sender?.SendRows();

        long now = Stopwatch.GetTimestamp();
        Times.Take(started, now, skipped);
        KeepState(now);
        if (_stage.IsBuilding)
            _governor.Pardon(seconds);
        else if (_governor.Take(seconds, skipped, (double)(_drawn - started) / Stopwatch.Frequency / delta))
            _stage.Allows = _governor.Allows;
        _clock.Advance();
    }

    /// <summary>When the frame will be seen, about: it is due now, and shown a frame later.</summary>
    private long SeenAt() => Stopwatch.GetTimestamp() + (long)(_clock.Now.DeltaSeconds * Stopwatch.Frequency);

    private void Show(GlTexture shown, long now)
    {
        _presenter.Present(shown, _window);
        bool overlay = _surface.Position(_showOverlay) > 0.5f, help = _surface.Position(_showHelp) > 0.5f;
        if (now >= _messageUntil && _view.Message.Length > 0)
            _view.Message = "";
        bool talks = _performer is null && (overlay || help || (_view.Message.Length > 0 && MayTalk(now)));
        if (talks || _performer is not null)
            LookAt(now);
        if (talks)
            _overlay?.Draw(_window, _view, overlay, help ? _keys.Help : null);
        _drawn = Stopwatch.GetTimestamp();
        _window.Swap();
        // The performer's own window needs no full rate, and costs the picture none.
        if (_performer is null || _clock.Now.Index % 3 != 0)
            return;
        _presenter.Clear(_performer);
        _overlay?.Draw(_performer, _view, overlay: true, help ? _keys.Help : null);
        _performer.Swap();
    }

    private void Say(string message, bool isProblem)
    {
        (_view.Message, _view.IsProblem) = (message, isProblem);
        long now = Stopwatch.GetTimestamp();
        _messageUntil = now + (long)(MessageTime.TotalSeconds * Stopwatch.Frequency);
        _answers = _pressedAt != 0 && Stopwatch.GetElapsedTime(_pressedAt, now) < s_answerTime;
        if (!isProblem || _answers || (message == _warned && Stopwatch.GetElapsedTime(_warnedAt, now) < s_again))
            return;
        (_warned, _warnedAt) = (message, now);
        Tell(message);
    }

    /// <summary>Told where it stays, too, by threads that may wait for a terminal that takes nothing: a few of them at most.</summary>
    private void Tell(string message)
    {
        if (Interlocked.Increment(ref _telling) > MostTelling)
        {
            Interlocked.Decrement(ref _telling);
            return;
        }
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            _warnings.Warn(message);
            Interlocked.Decrement(ref _telling);
        }, null);
    }

    // A picture that fills a screen is the audience's: unasked, nothing is written on it but answers to keys, and how it begins.
    private bool MayTalk(long now) => !_window.FullScreen || _answers || Stopwatch.GetElapsedTime(_begunAt, now) < s_beginning;

    private T Own<T>(T item)
        where T : IDisposable => _owned.Add(item);
}
