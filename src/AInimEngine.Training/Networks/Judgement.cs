using AInimEngine.Neural;

namespace AInimEngine.Training.Networks;

/// <summary>What a discriminator makes of a batch, in the scope of the caller.</summary>
/// <param name="Answers">[N], high for real.</param>
/// <param name="Styles">Logits of the style head, [N, styles]; null without one.</param>
public sealed record Judgement(Tensor Answers, Tensor? Styles);
