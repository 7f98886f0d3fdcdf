using AInimEngine.Core.Parameters;

namespace AInimEngine.Core.Tests.Parameters;

public sealed class ParameterTableTests
{
    private static Parameter Strength(float min = 0, float max = 2, float @default = 1) =>
        new("bloom.strength", "", min, max, @default, "How much light spills.");

    [Fact]
    public void RowsAreFoundByIdAndListedInOrder()
    {
        var table = new ParameterTable();
        Parameter attack = new("motion.attack", "ms", 1, 1000, 20, "Rise time.", ParameterCurve.Exponential);
        table.Register(Strength());
        table.Register(attack);
        Assert.Same(attack, table.Find("motion.attack"));
        Assert.Null(table.Find("Motion.Attack"));
        Assert.Equal(["bloom.strength", "motion.attack"], table.All.Select(p => p.Id));
    }

    [Fact]
    public void AnIdCannotBeTakenTwice()
    {
        var table = new ParameterTable();
        table.Register(Strength());
        Assert.Throws<ArgumentException>(() => table.Register(Strength()));
        Assert.Single(table.All);
    }

    [Theory]
    [InlineData(0, 2, 3)]
    [InlineData(0, 2, -1)]
    [InlineData(2, 0, 1)]
    [InlineData(0, 2, float.NaN)]
    [InlineData(float.NaN, 2, 1)]
    public void ADefaultOutsideItsRangeIsRefused(float min, float max, float @default)
    {
        var table = new ParameterTable();
        Assert.Throws<ArgumentException>(() => table.Register(Strength(min, max, @default)));
        Assert.Empty(table.All);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(2)]
    public void AValueInRangeIsFine(double value) => Assert.Null(WithStrength().Check("bloom.strength", value));

    [Theory]
    [InlineData(-0.001, "0..2")]
    [InlineData(2.001, "0..2")]
    [InlineData(double.NaN, "0..2")]
    [InlineData(double.PositiveInfinity, "0..2")]
    public void AValueOutOfRangeIsRefusedWithTheRange(double value, string range) =>
        Assert.Contains(range, WithStrength().Check("bloom.strength", value), StringComparison.Ordinal);

    [Fact]
    public void AnUnknownIdIsRefusedByName() =>
        Assert.Contains("'bloom.size'", WithStrength().Check("bloom.size", 1), StringComparison.Ordinal);

    private static ParameterTable WithStrength()
    {
        var table = new ParameterTable();
        table.Register(Strength());
        return table;
    }
}
