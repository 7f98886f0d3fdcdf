namespace AInimEngine.Training;

/// <summary>What generator and discriminator play for.</summary>
public enum AdversarialLoss
{
    /// <summary>Non-saturating logistic loss (Goodfellow et al. 2014), with R1 (Mescheder et al. 2018).</summary>
    Logistic,

    /// <summary>Relativistic pairing with R1 and R2 (Huang et al. 2024, "R3GAN").</summary>
    Relativistic,
}
