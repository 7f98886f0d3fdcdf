namespace AInimEngine.Rendering.Overlay;

/// <summary>Where a letter lies in the atlas and how it is set. All in pixels.</summary>
/// <param name="X">Left edge in the atlas.</param>
/// <param name="Y">Top edge in the atlas.</param>
/// <param name="Width">Width of the drawn part; 0 for a space.</param>
/// <param name="Height">Height of the drawn part.</param>
/// <param name="Left">From the pen to the left edge.</param>
/// <param name="Top">From the line's top down to the top edge.</param>
/// <param name="Advance">From this pen to the next one's.</param>
internal readonly record struct Glyph(int X, int Y, int Width, int Height, int Left, int Top, int Advance);
