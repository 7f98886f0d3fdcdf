namespace AInimEngine.Rendering.Windowing;

/// <summary>What happened to a window or to the screens.</summary>
public enum WindowEventKind
{
    /// <summary>A key went down; held ones repeat.</summary>
    KeyDown,

    /// <summary>A key went up.</summary>
    KeyUp,

    /// <summary>The user wants to close the window.</summary>
    Close,

    /// <summary>The window has another size in pixels.</summary>
    Resized,

    /// <summary>Some of the window must be drawn again.</summary>
    Exposed,

    /// <summary>Keys go to the window now.</summary>
    FocusGained,

    /// <summary>Keys go elsewhere.</summary>
    FocusLost,

    /// <summary>The window cannot be seen: drawing is wasted.</summary>
    Minimized,

    /// <summary>The window can be seen again.</summary>
    Restored,

    /// <summary>The window is on another screen, perhaps with another refresh rate: moved by a person, or because its own went away.</summary>
    DisplayChanged,

    /// <summary>A screen came or went; see <see cref="WindowSystem.Displays"/>.</summary>
    DisplaysChanged,
}
