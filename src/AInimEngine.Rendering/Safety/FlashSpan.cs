namespace AInimEngine.Rendering.Safety;

/// <summary>A stretch of a film in which the meter failed.</summary>
/// <param name="Kind">Which flashes there are too many of.</param>
/// <param name="Start">Seconds: the picture that completed the first flash too many.</param>
/// <param name="End">Seconds: the last picture within a second of which there are too many.</param>
/// <param name="Flashes">The most within a second.</param>
/// <param name="Area">The greatest share, 0..1, of a field of 10 degrees.</param>
public sealed record FlashSpan(FlashKind Kind, double Start, double End, float Flashes, float Area);
