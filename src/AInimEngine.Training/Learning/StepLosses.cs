namespace AInimEngine.Training.Learning;

/// <summary>What one training step came to.</summary>
/// <param name="Step">Which, from 0.</param>
/// <param name="Generator">The generator's loss, all terms.</param>
/// <param name="Discriminator">The discriminator's adversarial loss.</param>
/// <param name="R1">Mean squared gradient norm on real pictures, not weighted; NaN in steps without the penalty.</param>
/// <param name="RealSign">Mean sign of the discriminator's answer to real pictures (of its lead over generated ones with pairs): near 1, it knows them by heart.</param>
/// <param name="Creative">Cross entropy of the style head on real pictures; NaN without one.</param>
public readonly record struct StepLosses(long Step, double Generator, double Discriminator, double R1, double RealSign, double Creative);
