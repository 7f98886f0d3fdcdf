namespace AInimEngine.Neural.Latents;

/// <summary>The best that a projection found.</summary>
/// <param name="W">[layers, w_dim], row by row.</param>
/// <param name="Psnr">Against the target, dB.</param>
/// <param name="Distance">By <see cref="PictureDistance"/>.</param>
/// <param name="Steps">Steps that were made; fewer than asked for where it was stopped.</param>
public sealed record ProjectionResult(float[] W, double Psnr, double Distance, int Steps);
