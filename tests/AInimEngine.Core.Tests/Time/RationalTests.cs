using System.Numerics;
using AInimEngine.Core.Time;
using FsCheck.Fluent;

namespace AInimEngine.Core.Tests.Time;

public sealed class RationalTests
{
    [Fact]
    public void IsKeptInLowestTermsWithAPositiveDenominator() => Properties.Check(
        Prop.ForAll(Generate.Numerators.ToArbitrary(), Generate.Denominators.ToArbitrary(), (numerator, denominator) =>
        {
            var value = new Rational(numerator, denominator);
            return value.Denominator > 0
                && BigInteger.GreatestCommonDivisor(value.Numerator, value.Denominator) == 1
                && (BigInteger)value.Numerator * denominator == (BigInteger)numerator * value.Denominator;
        }));

    [Fact]
    public void FloorCeilingAndRoundAreExact() => Properties.Check(
        Prop.ForAll(Generate.Numerators.ToArbitrary(), Generate.Denominators.ToArbitrary(), Generate.Factors.ToArbitrary(), (numerator, denominator, factor) =>
        {
            var value = new Rational(numerator, denominator);
            BigInteger product = (BigInteger)numerator * factor;
            return value.FloorMultiply(factor) == Exact.Floor(product, denominator)
                && value.CeilingMultiply(factor) == -Exact.Floor(-product, denominator)
                && value.RoundMultiply(factor) == Exact.Floor(2 * product + denominator, 2 * (BigInteger)denominator);
        }));

    [Fact]
    public void OrderIsThatOfTheFractions() => Properties.Check(
        Prop.ForAll(Generate.Numerators.ToArbitrary(), Generate.Denominators.ToArbitrary(), Generate.Denominators.ToArbitrary(), (numerator, first, second) =>
        {
            var left = new Rational(numerator, first);
            var right = new Rational(numerator + 1, second);
            int expected = ((BigInteger)numerator * second).CompareTo(((BigInteger)numerator + 1) * first);
            return Math.Sign(left.CompareTo(right)) == expected
                && (left < right) == (expected < 0)
                && (left >= right) == (expected >= 0)
                && (left == right) == (expected == 0);
        }));

    [Fact]
    public void EqualFractionsAreEqualAndHashAlike()
    {
        Assert.Equal(new Rational(30000, 1001), new Rational(60000, 2002));
        Assert.Equal(new Rational(30000, 1001).GetHashCode(), new Rational(60000, 2002).GetHashCode());
        Assert.NotEqual(new Rational(30, 1), new Rational(30000, 1001));
    }

    [Fact]
    public void DefaultIsZero()
    {
        Rational zero = default;
        Assert.Equal(new Rational(0, 7), zero);
        Assert.Equal(1, zero.Denominator);
        Assert.Equal(0, zero.Value);
        Assert.Throws<DivideByZeroException>(() => zero.Reciprocal);
    }

    [Fact]
    public void RoundGoesUpAtTies()
    {
        var half = new Rational(1, 2);
        Assert.Equal(1, half.RoundMultiply(1));
        Assert.Equal(2, half.RoundMultiply(3));
        Assert.Equal(0, half.RoundMultiply(-1));
    }

    [Fact]
    public void AProductOfLargeTermsIsReducedBeforeItIsStored()
    {
        var left = new Rational(long.MaxValue, 3);
        var right = new Rational(3, long.MaxValue);
        Assert.Equal(new Rational(1, 1), left * right);
    }

    [Fact]
    public void AProductThatDoesNotFitIsRefused() =>
        Assert.Throws<OverflowException>(() => new Rational(long.MaxValue, 1) * new Rational(2, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ADenominatorThatIsNotPositiveIsRefused(long denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rational(1, denominator));

    [Theory]
    [InlineData("30", 30, 1)]
    [InlineData(" 24 ", 24, 1)]
    [InlineData("30000/1001", 30000, 1001)]
    [InlineData("60/2", 30, 1)]
    [InlineData("12.5", 25, 2)]
    [InlineData("23.976", 24000, 1001)]
    [InlineData("23.98", 24000, 1001)]
    [InlineData("29.97", 30000, 1001)]
    [InlineData("59.94", 60000, 1001)]
    [InlineData("119.88", 120000, 1001)]
    [InlineData("-0.25", -1, 4)]
    public void ReadsWholeNumbersFractionsDecimalsAndBroadcastRates(string text, long numerator, long denominator)
    {
        Assert.True(Rational.TryParse(text, out Rational value));
        Assert.Equal(new Rational(numerator, denominator), value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("fast")]
    [InlineData("30/0")]
    [InlineData("30/-1")]
    [InlineData("30/1/2")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("30,5")]
    [InlineData("1000000001")]
    [InlineData("99999999999999999999")]
    [InlineData("0x20")]
    public void RefusesWhatIsNoRate(string? text) => Assert.False(Rational.TryParse(text, out _));

    [Fact]
    public void WhatIsWrittenCanBeReadBackUpToABillion() => Properties.Check(
        Prop.ForAll(Generate.Numerators.ToArbitrary(), Generate.Denominators.ToArbitrary(), (numerator, denominator) =>
        {
            var value = new Rational(numerator, denominator);
            return Rational.TryParse(value.ToString(), out Rational read) && read == value;
        }));
}
