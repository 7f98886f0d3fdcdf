using AInimEngine.Engine.Live.Shows;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live;

/// <summary>What the show log is told.</summary>
public sealed partial class LiveHost
{
    private ShowLog? _log;

    /// <summary>Folder of the show log; null without one.</summary>
    public string? LogFolder => _log?.Folder;

    private void OpenLog(GlContext context)
    {
        if (_settings.Log is null)
            return;
        _log = Own(new ShowLog(context, _settings, _source, _window.Display.Name));
        _stage.Log = _log;
        _ear.Listener += _log.Hear;
    }

    private void Log(GlTexture shown) =>
        _log?.Take(_stage, shown, new ShownFrame(_clock.Now.Index, _clock.Due, _dark.Light, _governor.Level, _limiter.Acted, _surface.Position(_testPattern) > 0.5f));
}
