using AInimEngine.Audio.Devices;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Capture;

/// <summary>The inputs of this machine.</summary>
internal sealed class SdlCaptureSystem : ICaptureSystem
{
    /// <inheritdoc/>
    public ICaptureDevice Open(AudioInputSettings settings, AutoResetEvent arrived) => AudioInput.Open(settings, arrived);

    /// <inheritdoc/>
    public string? NameOf(AudioInputSettings settings)
    {
        try
        {
            return AudioDevices.FindInput(settings.Device)?.Name;
        }
        catch (AInimException)
        {
            return null; // nothing to follow to
        }
    }

    /// <inheritdoc/>
    public void Refresh() => AudioDevices.Refresh();
}
