namespace AInimEngine.Rendering.Windowing;

/// <summary>How a window begins.</summary>
/// <param name="Title">In its frame.</param>
/// <param name="Width">Width in the desktop's units while it does not fill the screen, 1 or more.</param>
/// <param name="Height">Height in the desktop's units, 1 or more.</param>
/// <param name="FullScreen">Fills its display, in the desktop's own mode.</param>
/// <param name="Display">A display's number from 1 or its name; null for the first.</param>
/// <param name="VSync">Swapping waits for the screen. One window at a time should.</param>
public sealed record WindowSettings(
    string Title = "AInimEngine",
    int Width = 1280,
    int Height = 720,
    bool FullScreen = false,
    string? Display = null,
    bool VSync = true)
{
    /// <summary>Where the display is not there, the window opens on the first one.</summary>
    public bool MayBeElsewhere { get; init; }
}
