namespace AInimEngine.Rendering.Overlay;

/// <summary>A colour of 8-bit display values, not multiplied by its opacity.</summary>
/// <param name="Red">0..255.</param>
/// <param name="Green">0..255.</param>
/// <param name="Blue">0..255.</param>
/// <param name="Alpha">Opacity, 0..255.</param>
public readonly record struct OverlayColor(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    /// <summary>The same colour with another opacity, 0..1.</summary>
    public OverlayColor WithOpacity(float opacity) => this with { Alpha = (byte)(255 * Math.Clamp(opacity, 0, 1) + 0.5f) };
}
