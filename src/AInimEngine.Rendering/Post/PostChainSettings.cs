using AInimEngine.Core.Imaging;

namespace AInimEngine.Rendering.Post;

/// <summary>Sizes and formats that a chain is built for.</summary>
/// <param name="Width">Output width in pixels.</param>
/// <param name="Height">Output height in pixels.</param>
/// <param name="SourceWidth">Width of the generator's picture. Another aspect than the output's is filled by cropping.</param>
/// <param name="SourceHeight">Height of the generator's picture.</param>
/// <param name="SourceFormat">Its format.</param>
/// <param name="SourceColorSpace">What its numbers mean.</param>
/// <param name="WorkScale">
/// Working size over output size, 0.25 to 1, for everything before the last pass; null chooses the smallest that holds
/// twice the generator's detail, 0.5 at least.
/// </param>
/// <param name="Blends">
/// True for a picture between the last two that the generator gave (<see cref="PostChain.Upload"/>): a simple pass at the
/// working size each frame, and the generator's picture is resampled only when it is new.
/// </param>
/// <param name="LimitFlashes">Whether the last step keeps what is shown below the flash thresholds of WCAG 2.3.1.</param>
public sealed record PostChainSettings(
    int Width,
    int Height,
    int SourceWidth,
    int SourceHeight,
    PixelFormat SourceFormat = PixelFormat.Rgba16F,
    ColorSpace SourceColorSpace = ColorSpace.Srgb,
    float? WorkScale = null,
    bool Blends = false,
    bool LimitFlashes = true);
