namespace AInimEngine.Rendering.Windowing;

/// <summary>Keys that are held with another.</summary>
[Flags]
public enum KeyModifiers
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Either shift key.</summary>
    Shift = 1,

    /// <summary>Either control key.</summary>
    Control = 2,

    /// <summary>Either alt key, AltGr not counted.</summary>
    Alt = 4,

    /// <summary>The system's own key: Windows, Command.</summary>
    Super = 8,
}
