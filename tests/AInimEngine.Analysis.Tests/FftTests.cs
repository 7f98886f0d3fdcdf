using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Analysis.Tests;

public sealed class FftTests
{
    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void TransformAgreesWithTheDefiningSum(int size)
    {
        float[] re = new float[size], im = new float[size];
        Philox.Normal(1, 2, re);
        Philox.Normal(3, 4, im);
        var expectedRe = new double[size];
        var expectedIm = new double[size];
        for (int k = 0; k < size; k++)
        {
            for (int n = 0; n < size; n++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * ((long)k * n % size) / size);
                expectedRe[k] += re[n] * cos - im[n] * sin;
                expectedIm[k] += re[n] * sin + im[n] * cos;
            }
        }
        new Fft(size).Forward(re, im);
        double worst = 0;
        for (int k = 0; k < size; k++)
            worst = Math.Max(worst, Math.Max(Math.Abs(re[k] - expectedRe[k]), Math.Abs(im[k] - expectedIm[k])));
        Assert.True(worst < 2e-4, $"largest error {worst:g3} where values are about {Math.Sqrt(size):f0}");
    }

    [Fact]
    public void BinsSumToTheMeanSquareOfASineAndItsPeakReadsTheAmplitude()
    {
        var sound = Signals.Sine(100 * Hop.BinHertz, 0.5f, Hop.WindowSize);
        var spectrum = new StereoSpectrum();
        spectrum.Transform(sound, sound);
        double sum = 0;
        foreach (float p in spectrum.Power)
            sum += p;
        Assert.Equal(0.125, sum, 6);
        Assert.Equal(0.5f, spectrum.Amplitude[100], 5);
    }

    [Fact]
    public void ChannelsInOppositePhaseDoNotCancel()
    {
        float[] left = Signals.Sine(50 * Hop.BinHertz, 0.5f, Hop.WindowSize);
        float[] right = [.. left.Select(x => -x)];
        var spectrum = new StereoSpectrum();
        spectrum.Transform(left, right);
        Assert.Equal(0.5f, spectrum.Amplitude[50], 5);
    }

    [Fact]
    public void VectorLogarithmIsGoodToAMillionth()
    {
        double worst = 0;
        for (double x = 1e-30; x < 1e30; x *= 1.0371)
        {
            float v = (float)x;
            float got = VectorMath.Log2(System.Runtime.Intrinsics.Vector256.Create(v))[3];
            worst = Math.Max(worst, Math.Abs(got - Math.Log2(v)) / Math.Max(1, Math.Abs(Math.Log2(v))));
        }
        Assert.True(worst < 1e-6, $"{worst:g3}");
    }
}
