using System.Diagnostics;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live.Interop;
using AInimEngine.Mapping;
using AInimEngine.Rendering;

namespace AInimEngine.Engine.Live;

/// <summary>
/// Makes the next preset ready while another one plays: files, network and shader texts on a thread of its own, then one step
/// of the shaders' building a frame on the display's thread. One at a time; a newer wish takes the place of one that waits.
/// What plays is made ready again when its files are edited.
/// </summary>
internal sealed class DeckLoader : IDisposable
{
    private readonly GlContext _context;
    private readonly ControlSurface _surface;
    private readonly LiveSettings _settings;
    private readonly DeckBin _bin;
    private readonly IWarningSink _warnings;
    private readonly FolderWatch? _watch;
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Queue<Action> _errands = [];
    private readonly Thread _thread;
    private string? _wish, _loadingName;
    private Loaded? _loaded;
    private LoadFailure? _failed;
    private PlayedFiles? _playing;
    private int _wanted, _wishIndex;
    private bool _stop;
    private Loaded? _building;

    /// <param name="context">Outlives it.</param>
    /// <param name="surface">The rows that presets are reached by.</param>
    /// <param name="settings">Of the show.</param>
    /// <param name="bin">Takes what is not needed any more.</param>
    /// <param name="folders">Where presets and shaders are edited.</param>
    /// <param name="warnings">Told of folders that cannot be watched, and of errands that failed, by other threads too.</param>
    internal DeckLoader(GlContext context, ControlSurface surface, LiveSettings settings, DeckBin bin, IEnumerable<(string Path, bool IsDeep)> folders, IWarningSink warnings)
    {
        (_context, _surface, _settings, _bin, _warnings) = (context, surface, settings, bin, warnings);
        _watch = settings.Reloads ? new FolderWatch(folders, Wake, warnings) : null;
        _thread = new Thread(Load) { Name = "loading", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>What is being made ready; null when nothing is.</summary>
    internal string? Loading
    {
        get
        {
            lock (_lock)
                return _wish ?? _loadingName ?? _building?.Name;
        }
    }

    /// <summary>What plays alone, whose edits are taken over; null while another one comes in.</summary>
    internal PlayedFiles? Playing
    {
        set
        {
            lock (_lock)
                _playing = value;
            Wake();
        }
    }

    /// <summary>Its shaders are being built, which costs the display's thread.</summary>
    internal bool IsBuilding => _building is not null;

    /// <summary>Asks for a preset, instead of one that was asked for and is not being loaded yet.</summary>
    /// <param name="preset">Its name or path.</param>
    /// <param name="index">Its place in the list.</param>
    internal void Ask(string preset, int index)
    {
        lock (_lock)
            (_wish, _wishIndex) = (preset, index);
        Wake();
    }

    /// <summary>Has something done on the loading thread: files that are written, things that take long to free.</summary>
    internal void Do(Action errand)
    {
        lock (_lock)
            _errands.Enqueue(errand);
        Wake();
    }

    /// <summary>Whatever is wished for, being loaded or being built stays away. The display's thread.</summary>
    internal void Cancel()
    {
        Loaded? loaded;
        lock (_lock)
        {
            // What is being loaded is thrown away when it has come, so that the same may be asked for again at once.
            (_wish, _loadingName) = (null, null);
            _wanted++;
            (loaded, _loaded) = (_loaded, null);
        }
        Free(loaded);
        Free(_building);
        _building = null;
    }

    /// <summary>Tells once what could not be loaded, and why.</summary>
    internal bool TryTakeFailure(out LoadFailure failure)
    {
        lock (_lock)
        {
            failure = _failed.GetValueOrDefault();
            bool failed = _failed is not null;
            _failed = null;
            return failed;
        }
    }

    /// <summary>Does one step of building; gives the deck when it was the last. The display's thread.</summary>
    /// <param name="workScale">Largest working size of its shaders over the output's to begin with.</param>
    internal LiveDeck? Step(float workScale)
    {
        if (_building is null)
        {
            lock (_lock)
                (_building, _loaded) = (_loaded, null);
            if (_building is not null)
                _building.Chains.Scale = workScale;
            return null;
        }
        Loaded loaded = _building;
        try
        {
            if (loaded.Chains.Step())
                return null;
            _building = null;
            return new LiveDeck(loaded.Name, loaded.Index, loaded.Scene, loaded.Mapper, loaded.Chains, _surface, _settings.Decoder) { Files = loaded.Files, IsReloaded = loaded.IsReloaded };
        }
#pragma warning disable CA1031 // Whatever a preset's shaders do, the one that plays goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _building = null;
            Free(loaded);
            Fail(loaded.Name, error.Message, loaded.IsReloaded);
            return null;
        }
    }

    /// <summary>Ends the thread and frees what was not taken. The display's thread.</summary>
    public void Dispose()
    {
        _watch?.Dispose();
        lock (_lock)
            _stop = true;
        _wake.Set();
        _thread.Join();
        Loaded?[] rest = [_loaded, _building];
        foreach (Loaded? loaded in rest)
        {
            loaded?.Chains.Dispose();
            loaded?.Scene.Dispose();
        }
        _wake.Dispose();
    }

    private void Wake()
    {
        lock (_lock)
            if (!_stop)
                _wake.Set();
    }

    private void Load()
    {
        // A worker process begins with its starter's share, and cannot raise it.
        ThreadShare.Set(_settings.Worker is null ? ThreadShare.Loading : ThreadShare.Generator);
        for (bool stops = false; !stops;)
        {
            _wake.WaitOne(LongestWait());
            stops = Work();
        }
    }

    /// <summary>Edits are looked at once they are whole, while one preset plays alone and nothing else is to be done.</summary>
    private TimeSpan LongestWait()
    {
        lock (_lock)
            return _playing is not null && _loaded is null && _watch?.Wait is { } wait ? wait : Timeout.InfiniteTimeSpan;
    }

    private bool Work()
    {
        Action[] errands;
        string? name;
        int wanted, index;
        bool stops;
        PlayedFiles? playing;
        lock (_lock)
        {
            errands = [.. _errands];
            _errands.Clear();
            (name, _loadingName, _wish) = (_wish, _wish, null);
            (wanted, index, stops) = (_wanted, _wishIndex, _stop);
            playing = name is null && _loaded is null ? _playing : null;
        }
        foreach (Action errand in errands)
            Try(errand);
        if (stops)
            return true;
        if (name is not null)
            Load(name, index, wanted, isReloaded: false);
        else if (playing is not null && _watch?.Wait == TimeSpan.Zero)
            LookAtEdits(playing, wanted);
        lock (_lock)
        {
            _loadingName = null;
            if (_wish is not null || _errands.Count > 0)
                _wake.Set();
        }
        return false;
    }

    private void LookAtEdits(PlayedFiles playing, int wanted)
    {
        long now = Stopwatch.GetTimestamp();
        bool matters = _watch!.Any(playing.ReadAt, playing.Matters);
        _watch.Forget(now);
        if (!matters)
            return;
        lock (_lock)
        {
            if (!ReferenceEquals(playing, _playing))
                return; // another one comes, or has come, and was read by then
            _playing = playing with { ReadAt = now };
            _loadingName = playing.Name;
        }
        Load(playing.Name, playing.Index, wanted, isReloaded: true);
    }

    private void Load(string name, int index, int wanted, bool isReloaded)
    {
        Scene? scene = null;
        try
        {
            long readAt = Stopwatch.GetTimestamp();
            scene = FirstScene.Load(name, _settings);
            Mapper mapper = scene.CreateMapper();
            var loaded = new Loaded(name, index, scene, mapper, new DeckChains(_context, scene, mapper.Layout, _settings.Width, _settings.Height), PlayedFiles.Of(name, index, scene, readAt), isReloaded);
            scene = null;
            // Nothing of OpenGL is in it yet, so that it may be freed here: when it was cancelled, or has been overtaken.
            Loaded? old;
            lock (_lock)
                (old, _loaded) = wanted == _wanted ? (_loaded, loaded) : (loaded, _loaded);
            if (old is not null)
                Try(old.Scene.Dispose);
        }
#pragma warning disable CA1031 // A preset that cannot be loaded is told; the one that plays goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (scene is not null)
                Try(scene.Dispose);
            Fail(name, error.Message, isReloaded);
        }
    }

    private void Free(Loaded? loaded)
    {
        if (loaded is null)
            return;
        _bin.Take(loaded.Chains);
        Do(loaded.Scene.Dispose);
    }

    /// <summary>What cannot be freed or written harms nothing that plays.</summary>
    private void Try(Action errand)
    {
        try
        {
            errand();
        }
#pragma warning disable CA1031 // An errand that fails is told; the thread goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _warnings.Warn($"something could not be freed or written on the loading thread: {error.Message}");
        }
    }

    private void Fail(string name, string problem, bool isReloaded)
    {
        lock (_lock)
            _failed = new LoadFailure(name, problem, isReloaded);
    }

    private sealed record Loaded(string Name, int Index, Scene Scene, Mapper Mapper, DeckChains Chains, PlayedFiles Files, bool IsReloaded);
}
