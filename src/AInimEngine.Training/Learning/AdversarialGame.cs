using AInimEngine.Neural;

namespace AInimEngine.Training.Learning;

/// <summary>The losses that generator and discriminator play for, as means over a batch; scalars in the caller's scope.</summary>
internal static class AdversarialGame
{
    /// <summary>The discriminator's loss.</summary>
    /// <param name="kind">Which game.</param>
    /// <param name="real">Answers to real pictures, [N].</param>
    /// <param name="fake">Answers to generated ones, [N].</param>
    public static Tensor Discriminator(AdversarialLoss kind, Tensor real, Tensor fake)
    {
        using var scope = new TensorScope();
        return scope.Keep(kind == AdversarialLoss.Relativistic
            ? fake.Sub(real).Softplus().Mean()
            : fake.Softplus().Mean().Add(real.Neg().Softplus().Mean()));
    }

    /// <summary>The generator's loss.</summary>
    /// <param name="kind">Which game.</param>
    /// <param name="real">Answers to real pictures, [N]; only the relativistic game looks at them.</param>
    /// <param name="fake">Answers to generated ones, [N].</param>
    public static Tensor Generator(AdversarialLoss kind, Tensor? real, Tensor fake)
    {
        using var scope = new TensorScope();
        return scope.Keep(kind == AdversarialLoss.Relativistic
            ? real!.Sub(fake).Softplus().Mean()
            : fake.Neg().Softplus().Mean());
    }

    /// <summary>
    /// Mean over a batch of the squared norm of the answers' gradient by the pictures (Mescheder et al. 2018), to be
    /// differentiated again.
    /// </summary>
    /// <param name="answers">[N], computed from the pictures with gradients recorded.</param>
    /// <param name="pictures">[N, 3, R, R].</param>
    public static Tensor Penalty(Tensor answers, Tensor pictures)
    {
        using var scope = new TensorScope();
        Tensor gradient = Torch.Grad([answers.Sum()], [pictures], createGraph: true)[0]!;
        return scope.Keep(gradient.Square().Sum([1, 2, 3]).Mean());
    }
}
