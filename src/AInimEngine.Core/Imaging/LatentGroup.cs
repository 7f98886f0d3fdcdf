namespace AInimEngine.Core.Imaging;

/// <summary>Neighbouring latent layers that steer one scale of the picture.</summary>
/// <param name="Name">"coarse", "mid" or "fine".</param>
/// <param name="FirstLayer">Index of the first layer.</param>
/// <param name="LayerCount">Number of layers.</param>
public sealed record LatentGroup(string Name, int FirstLayer, int LayerCount);
