namespace AInimEngine.Rendering.Windowing;

/// <summary>Something that happened to a window or to the screens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Window">The window; null when it is about no one window.</param>
/// <param name="Key">The key of key events.</param>
/// <param name="Modifiers">What was held with it.</param>
/// <param name="Repeats">True when the key is held and this is the system's repetition.</param>
public readonly record struct WindowEvent(
    WindowEventKind Kind,
    GlWindow? Window,
    Key Key = Key.Unknown,
    KeyModifiers Modifiers = KeyModifiers.None,
    bool Repeats = false);
