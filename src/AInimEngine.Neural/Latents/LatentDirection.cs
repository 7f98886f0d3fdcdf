namespace AInimEngine.Neural.Latents;

/// <summary>A direction of a model's w, for a band of its layers, along which pictures change in one way.</summary>
/// <param name="Name">"coarse-1": band and rank.</param>
/// <param name="FirstLayer">First latent layer that it is added to.</param>
/// <param name="LayerCount">Number of layers.</param>
/// <param name="Vector">[w_dim], of length 1.</param>
/// <param name="Strength">What found it: an eigenvalue of SeFa's matrix, or the deviation of w along it (GANSpace).</param>
/// <param name="ImageChange">Root-mean-square change of the picture (0..1) per unit step, measured; 0 before it is.</param>
/// <param name="Extent">How far its strip goes either way, in units of w.</param>
public sealed record LatentDirection(
    string Name, int FirstLayer, int LayerCount, float[] Vector, double Strength, double ImageChange = 0, double Extent = 0);
