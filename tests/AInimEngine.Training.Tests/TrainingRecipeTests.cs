using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Tests;

public sealed class TrainingRecipeTests
{
    private static readonly TrainingSettings s_falling = new() { GeneratorRate = 0.001, GeneratorRateEnd = 0.0001, GeneratorFallBegin = 8, GeneratorFallEnd = 24 };

    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(8_000, 0.001)]
    [InlineData(16_000, 0.00031622776601683794)] // half-way by ratios: the geometric mean
    [InlineData(24_000, 0.0001)]
    [InlineData(1_000_000, 0.0001)]
    public void TheGeneratorsRateFallsByEqualRatios(long imagesSeen, double rate) =>
        Assert.Equal(rate, TrainingRecipe.GeneratorRate(s_falling, imagesSeen), 12);

    [Fact]
    public void WithoutAnEndTheRateStays() =>
        Assert.Equal(0.002, TrainingRecipe.GeneratorRate(new TrainingSettings { GeneratorRate = 0.002 }, 500_000));

    [Fact]
    public void AFallOfNoLengthHasAlreadyHappened() =>
        Assert.Equal(0.0001, TrainingRecipe.GeneratorRate(s_falling with { GeneratorFallBegin = 0, GeneratorFallEnd = 0 }, 0));

    [Fact]
    public void ThePenaltyGrowsWithThePixels() =>
        Assert.Equal((0.1, 0.4), (TrainingRecipe.R1Gamma(64), TrainingRecipe.R1Gamma(128)));
}
