using System.Diagnostics;
using System.Runtime.ExceptionServices;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Music;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Randomness;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Hearing;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Transitions;

namespace AInimEngine.Engine.Live;

/// <summary>
/// The presets on stage: the one that plays, the one that comes, and the way between. Changes wait for the beat, travel through
/// the latents where both play the same network, and never stop the picture. The display's thread.
/// </summary>
internal sealed partial class LiveStage : IDisposable
{
    // Of a frame's time; the rest is the limiter's, the window's and the generator's.
    private const double ChainShare = 0.45;

    // A preset whose generator fails so often before its first picture stays away.
    private const int MostFirstFailures = 3;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private static readonly int s_fine = FeatureTable.Layout.OffsetOf("fine");

    private readonly GlContext _context;
    private readonly ControlSurface _surface;
    private readonly LiveSettings _settings;
    private readonly List<string> _list;
    private readonly DeckBin _bin = new();
    private readonly DeckLoader _loader;
    private readonly TransitionRack _transitions;
    private readonly int _numberRow;
    private readonly FeatureFrame _features = new(SourceLayout.Plain.Layout);
    private readonly bool[] _levels;
    private LiveEar? _ear;
    private LiveDeck _deck;
    private LiveDeck? _coming;
    private Transition? _transition;
    private float[] _from = [];
    private double _progress;
    private int _index, _loadingIndex;
    private long _picturesBefore, _comesSince;
    private ExceptionDispatchInfo? _fault;
    private bool _travels, _freezes;
    private float _intensity = 1, _speed = 1, _brightness = 1;
    private string? _message;
    private bool _isProblem;

    /// <param name="context">Outlives it.</param>
    /// <param name="surface">The rows that presets are reached by.</param>
    /// <param name="settings">Of the show.</param>
    /// <param name="warnings">Told of what does not work and is not needed.</param>
    /// <param name="first">The scene of the first preset of <see cref="Beginning"/>; null to load it here. Stays the caller's.</param>
    internal LiveStage(GlContext context, ControlSurface surface, LiveSettings settings, IWarningSink warnings, FirstScene? first = null)
    {
        (_context, _surface, _settings) = (context, surface, settings);
        _numberRow = surface.IndexOf(LiveRows.Number);
        _favourites = new FavouritePresets(settings.Favourites ?? Path.Combine(Installation.UserFolder, "favourites.txt"));
        (_list, int begins) = Beginning(settings);
        using FirstScene? own = first is null ? FirstScene.Start(settings) : null;
        _transitions = new TransitionRack(context, settings, warnings);
        _loader = new DeckLoader(context, surface, settings, _bin, EditedFolders(), warnings);
        try
        {
            _deck = First(first ?? own!, begins, warnings);
            _index = _loadingIndex = _deck.Index;
        }
        catch
        {
            _loader.Dispose();
            _transitions.Dispose();
            throw;
        }
        _levels = [.. FeatureTable.Layout.Fields.SelectMany(field => Enumerable.Repeat(
            field is { Min: 0, Max: 1 } && !field.Name.StartsWith("raw.", StringComparison.Ordinal) && field.Name is not ("chroma" or "silence"), field.Length))];
        _deck.PlaceRows(surface);
        PlaceNumber();
        _loader.Playing = _deck.Files;
    }

    /// <summary>The preset that plays, or that is coming.</summary>
    internal string Current => (_coming ?? _deck).Name;

    /// <summary>The presets, in order.</summary>
    internal IReadOnlyList<string> List => _list;

    /// <summary>Bands that the first preset asks for.</summary>
    internal FreeBands Bands => _deck.Scene.Sources.Bands;

    /// <summary>Pictures that generators made.</summary>
    internal long Pictures => _picturesBefore + _deck.Relay.Pictures + (_coming?.Relay.Pictures ?? 0);

    /// <summary>A preset is coming in.</summary>
    internal bool IsChanging => _coming is not null;

    /// <summary>Why the generator's last picture failed; null when it did not.</summary>
    internal string? Failure => (_coming ?? _deck).Relay.Failure;

    /// <summary>Pictures that failed.</summary>
    internal long Failures => _deck.Relay.Failures + (_coming?.Relay.Failures ?? 0);

    /// <summary>What the governor allows generators and shaders.</summary>
    internal GovernorLevel Allows
    {
        set
        {
            field = value;
            Allow(_deck);
            if (_coming is not null)
                Allow(_coming);
        }
        get;
    } = GovernorLevel.All[0];

    /// <summary>The level that a measurement before the show has found.</summary>
    internal int FirstLevel { get; private set; }

    /// <summary>Seconds that a picture of the generator takes.</summary>
    internal double Latency => _deck.Relay.Latency;

    /// <summary>Working size of the shaders that play over the picture's.</summary>
    internal float WorkScale => _deck.Chain.WorkScale;

    /// <summary>Shaders are being built beside the show, which makes frames late.</summary>
    internal bool IsBuilding => _loader.IsBuilding || _deck.IsBuilding || (_coming?.IsBuilding ?? false);

    /// <summary>Says who hears. Before the first step.</summary>
    internal void Attach(LiveEar ear) => _ear = ear;

    /// <summary>Where the masters stand.</summary>
    internal void Hands(float intensity, float speed, float brightness, bool freezes) =>
        (_intensity, _speed, _brightness, _freezes) = (intensity, speed, brightness, freezes);

    /// <summary>Lets go of all that hands hold.</summary>
    internal void Release() => (_coming ?? _deck).Release(_surface);

    /// <summary>A hand holds a parameter.</summary>
    internal void Hold(int row, float value)
    {
        _deck.Hold(row, value);
        _coming?.Hold(row, value);
    }

    /// <summary>Tells once what happened.</summary>
    internal bool TryTakeMessage(out string message, out bool isProblem)
    {
        if (_loader.TryTakeFailure(out LoadFailure failure))
            Tell(failure);
        LookAtFavourites();
        (message, isProblem) = (_message ?? "", _isProblem);
        bool has = _message is not null;
        _message = null;
        return has;
    }

    /// <summary>Maps one frame.</summary>
    /// <param name="time">Which.</param>
    /// <param name="seenAt">Monotonic time at which it will be seen.</param>
    /// <param name="isPainted">False for one that came too late: what begins is left for the next.</param>
    internal void Step(FrameTime time, long seenAt, bool isPainted = true)
    {
        Hear(seenAt, !isPainted);
        _fault = null;
        try
        {
            _deck.Step(_features, time, _brightness, _speed);
        }
#pragma warning disable CA1031 // It is told when it is painted; what comes in its place is not held up.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(error);
        }
        if (_coming is not null)
        {
            _coming.Step(_features, time, _brightness, _speed);
            Advance(time.DeltaSeconds);
        }
        // Until the one that comes can be seen, both generators work; then only its own.
        _coming?.Ask(_freezes);
        if (_coming is not { IsReady: true })
            _deck.Ask(_freezes);
    }

    /// <summary>Paints what is seen now.</summary>
    /// <param name="seconds">On the display's clock.</param>
    /// <param name="into">Drawn into where one preset plays alone; null for none.</param>
    internal GlTexture Paint(double seconds, GlTexture? into = null)
    {
        if (_coming is { IsReady: false } lame && lame.Relay.Failures >= MostFirstFailures)
        {
            string problem = lame.Relay.Failure ?? "its generator makes no picture";
            Drop();
            Tell(new LoadFailure(lame.Name, problem, lame.IsReloaded));
        }
        _bin.Step();
        // One that makes no first picture does not keep another out for long.
        if (_coming is { IsReady: false } && _loader.Loading is not null && Stopwatch.GetElapsedTime(_comesSince) > s_patience)
            Drop();
        if (_coming is null && _loader.Step(Allows.WorkScale) is { } ready)
            Begin(ready);
        if (_fault is null)
            PaintPlaying(seconds, _coming is null ? into : null);
        if (_coming is null)
        {
            _fault?.Throw();
            return _deck.Chain.Output;
        }
        _coming.Paint(seconds);
        if (!_coming.IsReady)
            return _deck.Chain.Output;
        if (_progress >= 1 || _fault is not null)
            return End();
        return _transition!.Draw(_deck.Chain.Output, _coming.Chain.Output, (float)Smooth(_progress));
    }

    private void PaintPlaying(double seconds, GlTexture? into)
    {
        try
        {
            _deck.Paint(seconds, into);
        }
#pragma warning disable CA1031 // As in Step.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(error);
        }
    }

    /// <summary>Writes what the overlay shows of the stage.</summary>
    internal void Look(LiveView view)
    {
        HeardBeat beat = _ear!.Beat;
        (view.Bpm, view.Phase, view.Beat, view.Confidence) = (beat.Bpm, beat.Phase, beat.Place, beat.Confidence);
        _features.Values.AsSpan(s_fine, view.Spectrum.Length).CopyTo(view.Spectrum);
        string? loading = _loader.Loading ?? _coming?.Name;
        if (!ReferenceEquals(view.Loading, loading))
            view.LoadingText = $"coming: {loading}";
        view.Loading = loading;
        if (ReferenceEquals(_viewed, _deck) && _viewedChanges == _favourites.Changes)
            return;
        (_viewed, _viewedChanges) = (_deck, _favourites.Changes);
        view.Preset = _deck.Name;
        (view.Position, view.Note) = (Position(), Entry(_deck.Index)?.Note ?? "");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _loader.Dispose();
        _coming?.Dispose();
        _deck.Dispose();
        _bin.Dispose();
        _transitions.Dispose();
    }

    private void Hear(long seenAt, bool peeks)
    {
        Span<float> values = _features.Values;
        LiveEar ear = _ear!;
        (long sample, _) = ear.Sound.Take(values[..FeatureTable.Layout.Size], peeks);
        (_features.FirstSample, _features.SampleCount) = (sample, 1);
        if (_intensity != 1)
            for (int i = 0; i < _levels.Length; i++)
                if (_levels[i])
                    values[i] = Math.Min(1, values[i] * _intensity);
        ear.Beat.Fill(seenAt, values.Slice(SourceLayout.MusicOffset, MusicTable.Layout.Size), peeks);
    }

    private void Begin(LiveDeck ready)
    {
        if (ready.IsReloaded && (ready.Name != _deck.Name || ready.Index != _deck.Index))
        {
            ready.Leave(_bin); // another preset was quicker
            return;
        }
        _loader.Playing = null;
        (_coming, _comesSince) = (ready, Stopwatch.GetTimestamp());
        Log?.Attach(ready);
        Allow(_coming);
        _progress = double.NegativeInfinity;
        _travels = ready.SharesGenerator(_deck);
        if (_travels)
            _from = _deck.Latent.ToArray();
        _transition = ready.IsReloaded ? _transitions.Choose(travels: true) : _transitions.Choose(_travels, Entry(ready.Index)?.Transition);
        _index = ready.Index;
        _ear!.Bands = ready.Scene.Sources.Bands;
        PlaceNumber();
        ready.PlaceRows(_surface);
        if (ready.IsReloaded)
            TakeOver(ready);
    }

    private void Advance(double delta)
    {
        HeardBeat beat = _ear!.Beat;
        bool waits = _settings.Quantise && beat.Bpm > 0 && !_coming!.IsReloaded;
        if (double.IsNegativeInfinity(_progress) && _coming!.IsReady && (!waits || beat.IsOnBeat))
            _progress = 0;
        double seconds = _coming!.IsReloaded ? ReloadSeconds : (Entry(_coming.Index)?.Beats ?? _settings.TransitionBeats) * (beat.Bpm > 0 ? 60 / beat.Bpm : 0.5);
        _progress += seconds > 0 ? delta / seconds : 1;
        if (!_travels)
            return;
        if (double.IsNegativeInfinity(_progress))
            _deck.Latent.CopyTo(_from); // the way begins where the other one is by then
        float share = (float)Smooth(Math.Clamp(_progress, 0, 1));
        Span<float> latent = _coming!.Latent;
        for (int i = 0; i < latent.Length; i++)
            latent[i] = _from[i] + share * (latent[i] - _from[i]);
    }

    private static double Smooth(double at)
    {
        double x = Math.Clamp(at, 0, 1);
        return x * x * (3 - 2 * x);
    }

    private void Allow(LiveDeck deck)
    {
        deck.Relay.LeastInterval = Allows.LeastInterval;
        deck.WorkScale = Allows.WorkScale;
    }

    private void PlaceNumber() => _surface.Place(_numberRow, _surface.Rows[_numberRow].ToUnit(_index + 1));

    private void Say(string message, bool isProblem) => (_message, _isProblem) = (message, isProblem);
}
