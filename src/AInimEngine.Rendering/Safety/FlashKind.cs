namespace AInimEngine.Rendering.Safety;

/// <summary>The two kinds of flash that WCAG 2.3.1 limits.</summary>
public enum FlashKind
{
    /// <summary>Opposing swings of luminance.</summary>
    General,

    /// <summary>Opposing swings to and from a saturated red.</summary>
    Red,
}
