namespace AInimEngine.Audio.Capture;

/// <summary>Where the supervisor gets inputs from; tests have one without devices.</summary>
internal interface ICaptureSystem
{
    /// <summary>Opens what is asked for.</summary>
    /// <param name="settings">What to listen to.</param>
    /// <param name="arrived">Is set whenever sound comes.</param>
    /// <exception cref="Core.Errors.AInimException">It is not there.</exception>
    ICaptureDevice Open(AudioInputSettings settings, AutoResetEvent arrived);

    /// <summary>The name of the device that the settings mean now, or null where that cannot be told.</summary>
    string? NameOf(AudioInputSettings settings);

    /// <summary>Looks for devices afresh.</summary>
    void Refresh();
}
