using System.Diagnostics;
using AInimEngine.Analysis;
using AInimEngine.Engine.Live.Recording;

namespace AInimEngine.Engine.Tests.Live;

public sealed class SoundTimesTests
{
    private const int Block = 512;
    private const double Length = (double)Block / Hop.SampleRate;

    [Theory]
    [InlineData(200e-6)]
    [InlineData(-200e-6)]
    [InlineData(0)]
    public void AClockThatDriftsForThreeHoursIsFollowedWithoutAJump(double drift)
    {
        var times = new SoundTimes();
        var random = new Random(7);
        double worst = 0, roughest = 0, end = double.NaN;
        for (int block = 1; block <= 3 * 3600 / Length; block++)
        {
            // Pieces are told of up to 8 ms late.
            double late = block == 1 ? 0.004 : 0.008 * random.NextDouble(), told = block * Length / (1 + drift) + late;
            double at = times.Next(Block, (long)(told * Stopwatch.Frequency), 0);
            worst = Math.Max(worst, Math.Abs(at + Length - block * Length / (1 + drift) - 0.004));
            if (block > 1)
                roughest = Math.Max(roughest, Math.Abs(at - end));
            end = at + Length;
        }
        Assert.InRange(worst, 0, 0.003);
        Assert.InRange(roughest, 0, 401e-6 * Length);
    }

    [Fact]
    public void AHoleIsJumpedOverAndSoundNeverGoesBack()
    {
        var times = new SoundTimes();
        Assert.Equal(1, times.Next(Block, Ticks(1 + Length), 0), 1e-6);
        Assert.Equal(2, times.Next(Block, Ticks(2 + Length), 0), 1e-6);
        Assert.InRange(times.Next(Block, Ticks(1.5), 0), 2 + 0.999 * Length, 2 + Length);
    }

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
