namespace AInimEngine.Core.Frames;

/// <summary>A named run of floats in a frame.</summary>
/// <param name="Name">Dotted lower-case name, unique in its layout: "bass", "audio.onset", "latent", "post.bloom.strength".</param>
/// <param name="Length">Number of floats.</param>
/// <param name="Unit">"Hz", "dB", "s", "" for a ratio...</param>
/// <param name="Min">Smallest value that the field takes.</param>
/// <param name="Max">Largest value that the field takes.</param>
/// <param name="Description">One sentence for people.</param>
public sealed record FrameField(string Name, int Length, string Unit, float Min, float Max, string Description);
