using AInimEngine.DemoTrack.Synthesis;

namespace AInimEngine.DemoTrack.Tests;

/// <summary>The oracle is the C library, which is right to the last place or two.</summary>
public sealed class MathsTests
{
    [Fact]
    public void SineIsTheSine()
    {
        for (double x = -3; x <= 3; x += 0.00137)
        {
            Assert.Equal(Math.Sin(2 * Math.PI * x), Maths.Sin(x), 1e-11);
            Assert.Equal(Math.Cos(2 * Math.PI * x), Maths.Cos(x), 1e-11);
        }
    }

    [Fact]
    public void TangentIsTheTangent()
    {
        for (double x = 0; x <= 0.45; x += 0.00031)
            Assert.Equal(1, (1 + Maths.TanPi(x)) / (1 + Math.Tan(Math.PI * x)), 1e-10);
    }

    [Fact]
    public void PowersAndLogarithmsOfTwoAreInverse()
    {
        for (double x = -40; x <= 40; x += 0.0173)
        {
            Assert.Equal(1, Maths.Exp2(x) / Math.Pow(2, x), 1e-12);
            Assert.Equal(x, Maths.Log2(Maths.Exp2(x)), 1e-11);
        }
        Assert.Equal(0, Maths.Exp(-1000));
    }

    [Fact]
    public void HyperbolicTangentIsTheHyperbolicTangent()
    {
        for (double x = -30; x <= 30; x += 0.0179)
            Assert.Equal(Math.Tanh(x), Maths.Tanh(x), 1e-11);
    }

    [Fact]
    public void ConcertPitchAndDecibelsAreWhatTheyAre()
    {
        Assert.Equal(440, Maths.Frequency(69), 1e-9);
        Assert.Equal(55, Maths.Frequency(33), 1e-9);
        Assert.Equal(0.1, Maths.Gain(-20), 1e-12);
        Assert.Equal(1000, Maths.Sweep(100, 10000, 0.5), 1e-7);
    }
}
