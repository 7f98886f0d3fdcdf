using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live.Interop;
using AInimEngine.Mapping;
using AInimEngine.Rendering;

namespace AInimEngine.Engine.Live;

/// <summary>
/// Makes the next preset ready while another one plays: files, network and shader texts on a thread of its own, then one step
/// of the shaders' building a frame on the display's thread. One at a time; a newer wish takes the place of one that waits.
/// </summary>
internal sealed class DeckLoader : IDisposable
{
    private readonly GlContext _context;
    private readonly ControlSurface _surface;
    private readonly LiveSettings _settings;
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private string? _wish, _loadingName;
    private Loaded? _loaded;
    private (string Name, string Problem)? _failed;
    private int _wanted, _wishIndex;
    private bool _stop;
    private Loaded? _building;

    internal DeckLoader(GlContext context, ControlSurface surface, LiveSettings settings)
    {
        (_context, _surface, _settings) = (context, surface, settings);
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

    /// <summary>Asks for a preset, instead of one that was asked for and is not being loaded yet.</summary>
    /// <param name="preset">Its name or path.</param>
    /// <param name="index">Its place in the list.</param>
    internal void Ask(string preset, int index)
    {
        lock (_lock)
            (_wish, _wishIndex) = (preset, index);
        _wake.Set();
    }

    /// <summary>Whatever is wished for, being loaded or being built stays away. The display's thread.</summary>
    internal void Cancel()
    {
        Loaded? loaded;
        lock (_lock)
        {
            _wish = null;
            _wanted++;
            (loaded, _loaded) = (_loaded, null);
        }
        loaded?.Dispose();
        _building?.Dispose();
        _building = null;
    }

    /// <summary>Tells once what could not be loaded, and why.</summary>
    internal bool TryTakeFailure(out string preset, out string problem)
    {
        lock (_lock)
        {
            (preset, problem) = _failed ?? ("", "");
            bool failed = _failed is not null;
            _failed = null;
            return failed;
        }
    }

    /// <summary>Its shaders are being built, which costs the display's thread.</summary>
    internal bool IsBuilding => _building is not null;

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
            return new LiveDeck(loaded.Name, loaded.Index, loaded.Scene, loaded.Mapper, loaded.Chains, _surface);
        }
#pragma warning disable CA1031 // Whatever a preset's shaders do, the one that plays goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _building = null;
            loaded.Dispose();
            Fail(loaded.Name, error.Message);
            return null;
        }
    }

    /// <summary>Ends the thread and frees what was not taken. The display's thread.</summary>
    public void Dispose()
    {
        lock (_lock)
            _stop = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _loaded?.Dispose();
        _building?.Dispose();
    }

    private void Load()
    {
        ThreadShare.Set(ThreadShare.Loading);
        while (true)
        {
            _wake.WaitOne();
            int wanted, index;
            lock (_lock)
            {
                if (_stop)
                    return;
                (_loadingName, _wish) = (_wish, null);
                (wanted, index) = (_wanted, _wishIndex);
            }
            if (_loadingName is { } name)
                Load(name, index, wanted);
            lock (_lock)
            {
                _loadingName = null;
                if (_wish is not null)
                    _wake.Set();
            }
        }
    }

    private void Load(string name, int index, int wanted)
    {
        Scene? scene = null;
        try
        {
            scene = Scene.Load(name, _settings.Width, _settings.Height, _settings.Seed, model: _settings.Model, isLive: true);
            Mapper mapper = scene.CreateMapper();
            var loaded = new Loaded(name, index, scene, mapper, new DeckChains(_context, scene, mapper.Layout, _settings.Width, _settings.Height));
            scene = null;
            // Nothing of OpenGL is in it yet, so that it may be freed here: when it was cancelled, or has been overtaken.
            Loaded? old;
            lock (_lock)
                (old, _loaded) = wanted == _wanted ? (_loaded, loaded) : (loaded, _loaded);
            old?.Dispose();
        }
#pragma warning disable CA1031 // A preset that cannot be loaded is told; the one that plays goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            scene?.Dispose();
            Fail(name, error.Message);
        }
    }

    private void Fail(string name, string problem)
    {
        lock (_lock)
            _failed = (name, problem);
    }

    private sealed record Loaded(string Name, int Index, Scene Scene, Mapper Mapper, DeckChains Chains) : IDisposable
    {
        public void Dispose()
        {
            Chains.Dispose();
            Scene.Dispose();
        }
    }
}
