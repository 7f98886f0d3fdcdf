namespace AInimEngine.Neural.Models;

/// <summary>Which network a model's arrays belong to.</summary>
public enum ModelArchitecture
{
    /// <summary>Our self-modulated generator.</summary>
    Sm,

    /// <summary>The StyleGAN2(-ADA) generator (Karras et al. 2020).</summary>
    Sg2,

    /// <summary>The FastGAN generator (Liu et al. 2021), for playing only.</summary>
    FastGan,
}
