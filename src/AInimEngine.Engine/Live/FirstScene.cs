using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace AInimEngine.Engine.Live;

/// <summary>
/// The first preset's scene, loaded while sound and window open: files, network and worker process take longer than those.
/// </summary>
public sealed class FirstScene : IDisposable
{
    private readonly Thread _thread;
    private Scene? _scene;
    private Exception? _error;

    private FirstScene(LiveSettings settings, string preset)
    {
        ReadAt = Stopwatch.GetTimestamp();
        _thread = new Thread(() => Load(settings, preset)) { Name = "first scene", IsBackground = true };
        _thread.Start();
    }

    /// <summary>When its files were read, in ticks of <see cref="Stopwatch"/>.</summary>
    internal long ReadAt { get; }

    /// <summary>Begins to load what the show begins with.</summary>
    /// <param name="settings">Of the show.</param>
    /// <exception cref="Core.Errors.AInimException">There is no preset at all. One that cannot be loaded is told by the show.</exception>
    public static FirstScene Start(LiveSettings settings)
    {
        (List<string> presets, int first) = LiveStage.Beginning(settings);
        return new FirstScene(settings, presets[first]);
    }

    /// <summary>Loads on the calling thread's time.</summary>
    internal static Scene Load(string preset, LiveSettings settings) =>
        Scene.Load(preset, settings.Width, settings.Height, settings.Seed, model: settings.Model, isLive: true, worker: settings.Worker);

    /// <summary>Waits for it; the caller frees it.</summary>
    /// <exception cref="Core.Errors.AInimException">It cannot be loaded.</exception>
    internal Scene Take()
    {
        _thread.Join();
        if (_error is not null)
            ExceptionDispatchInfo.Throw(_error);
        Scene scene = _scene ?? throw new InvalidOperationException("it was taken");
        _scene = null;
        return scene;
    }

    /// <summary>Waits for it, and frees it if nobody took it.</summary>
    public void Dispose()
    {
        _thread.Join();
        _scene?.Dispose();
        _scene = null;
    }

    private void Load(LiveSettings settings, string preset)
    {
        try
        {
            _scene = Load(preset, settings);
        }
#pragma warning disable CA1031 // It is thrown where the scene is taken.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _error = error;
        }
    }
}
