namespace AInimEngine.Training.Learning;

/// <summary>What a random choice of training is for: each has streams of its own, one a step.</summary>
internal enum DrawPurpose
{
    FirstLatent = 1,
    SecondLatent,
    Mixing,
    FakeClass,
    Order,
    Mirror,
    AugmentReal,
    AugmentFake,
    AugmentGenerated,
    PathLatent,
    PathDirection,
    Statistics,
    Discriminator,
    Places,
}
