namespace AInimEngine.Core.Imaging;

/// <summary>What the numbers of an <see cref="Image"/> mean. Primaries are those of BT.709 throughout.</summary>
public enum ColorSpace
{
    /// <summary>Display-referred, sRGB transfer: what a screen or a video frame takes.</summary>
    Srgb,

    /// <summary>Linear light.</summary>
    LinearSrgb,
}
