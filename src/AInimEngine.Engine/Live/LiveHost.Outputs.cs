using AInimEngine.Engine.Live.Outputs;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live;

/// <summary>Pictures to other programs.</summary>
public sealed partial class LiveHost
{
    private ShowOutputs? _outputs;

    /// <summary>Port of the preview; null where there is none.</summary>
    public int? PreviewPort => _outputs?.Port;

    /// <summary>Pictures that other programs did not take in time.</summary>
    public long UntakenPictures => _outputs?.Dropped ?? 0;

    private void OpenOutputs()
    {
        if (ShowOutputs.Open(_windows.Context, _settings.Outputs, _settings.Width, _settings.Height, _settings.Fps) is { } outputs)
            _outputs = Own(outputs);
    }

    private void GiveOut(GlTexture shown, long frame)
    {
        if (_outputs is null)
            return;
        _outputs.Take(shown, frame);
        if (_outputs.TryTakeMessage(out string message))
            Say(message, isProblem: true);
    }
}
