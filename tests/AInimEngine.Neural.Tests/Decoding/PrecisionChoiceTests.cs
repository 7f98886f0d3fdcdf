using AInimEngine.Neural.Benchmarks;
using AInimEngine.Neural.Decoding;
using Xunit;

namespace AInimEngine.Neural.Tests.Decoding;

public sealed class PrecisionChoiceTests : NativeTensorTest
{
    [Theory]
    [InlineData(0.010, 0.005, 60, DecodePrecision.BFloat16, "faster")]
    [InlineData(0.010, 0.0095, 60, DecodePrecision.Float32, "no faster")]
    [InlineData(0.010, 0.001, 39.9, DecodePrecision.Float32, "below 40 dB")]
    [InlineData(0.010, 0.001, double.NaN, DecodePrecision.Float32, "below 40 dB")]
    public void SmallerNumbersMustBeFasterAndNearEnough(double exact, double small, double psnr, DecodePrecision expected, string reason)
    {
        PrecisionChoice choice = PrecisionChoice.Choose(DecodePrecision.BFloat16, exact, small, psnr);
        Assert.Equal(expected, choice.Precision);
        Assert.Contains(reason, choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AMeasurementSaysWhatItFound()
    {
        PrecisionChoice choice = PrecisionChoice.Measure(RandomStyleModel.Sg2(32, 512, 32, 16), new DecodeSettings());
        Assert.InRange(choice.Psnr, PrecisionChoice.LeastPsnr, 100);
        Assert.True(choice.ExactSeconds > 0 && choice.SmallSeconds > 0);
        Assert.Equal(PrecisionChoice.Choose(DecodePrecision.BFloat16, choice.ExactSeconds, choice.SmallSeconds, choice.Psnr), choice);
    }
}
