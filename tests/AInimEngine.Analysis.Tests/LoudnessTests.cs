using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

/// <summary>The test signals of BS.1770, EBU Tech 3341 and 3342 that can be computed.</summary>
public sealed class LoudnessTests
{
    [Theory]
    [InlineData(8000)]
    [InlineData(22050)]
    [InlineData(44100)]
    [InlineData(48000)]
    [InlineData(96000)]
    [InlineData(192000)]
    public void KilohertzStereoAtMinus23ReadsMinus23AtAnyRate(int rate)
    {
        LoudnessReport report = Measure(rate, [-23, -23], [(0, 5)]);
        Assert.Equal(-23, report.Integrated, 0.1);
        Assert.Equal(-23, report.MomentaryMax, 0.1);
        Assert.Equal(-23, report.ShortTermMax, 0.1);
    }

    // EBU Tech 3341, table 1, cases 1 to 6: levels of the tone over time give this integrated loudness.
    [Theory]
    [InlineData(-23, "-23:20")]
    [InlineData(-33, "-33:20")]
    [InlineData(-23, "-36:10 -23:60 -36:10")]
    [InlineData(-23, "-72:10 -36:10 -23:60 -36:10 -72:10")]
    [InlineData(-23, "-26:20 -20:20.1 -26:20")]
    public void GatingCasesOfTech3341(double expected, string levels) =>
        Assert.Equal(expected, Measure(48000, [0, 0], Steps(levels)).Integrated, 0.1);

    [Fact]
    public void SurroundCaseOfTech3341() =>
        Assert.Equal(-23, Measure(48000, [-28, -28, -24, -30, -30], [(0, 20)]).Integrated, 0.1);

    // EBU Tech 3342, table 1, cases 1 to 4.
    [Theory]
    [InlineData(10, "-20:20 -30:20")]
    [InlineData(5, "-20:20 -15:20")]
    [InlineData(20, "-40:20 -20:20")]
    [InlineData(15, "-50:20 -35:20 -20:20 -35:20 -50:20")]
    public void RangeCasesOfTech3342(double expected, string levels) =>
        Assert.Equal(expected, Measure(48000, [0, 0], Steps(levels)).Range, 1.0);

    // EBU Tech 3341, table 1, cases 15 to 18: a quarter of the rate, sampled beside its peaks; +0.2 and -0.4 dB allowed.
    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 45)]
    [InlineData(6, 60)]
    [InlineData(8, 67.5)]
    public void TruePeakFindsWhatLiesBetweenTheSamples(int period, double degrees)
    {
        var sound = new float[48000 * 2];
        for (int i = 0; i < 48000; i++)
            sound[2 * i] = (float)(0.5 * Math.Sin(2 * Math.PI * i / period + degrees * Math.PI / 180) * Math.Min(1, i / 4800.0));
        var meter = new LoudnessMeter(48000, 2);
        meter.Write(new AudioBlock(sound, 48000, 2, 0));
        Assert.InRange(meter.Report().TruePeak, -6.4, -5.8);
    }

    [Fact]
    public void LowFrequencyEffectsDoNotCountAndSurroundsCountMore()
    {
        Assert.Equal(-70, Measure(48000, [-200, -200, -200, -20, -200, -200], [(0, 4)]).Integrated);
        double front = Measure(48000, [-20, -200, -200, -200, -200, -200], [(0, 4)]).Integrated;
        double surround = Measure(48000, [-200, -200, -200, -200, -20, -200], [(0, 4)]).Integrated;
        Assert.Equal(10 * Math.Log10(1.41), surround - front, 0.02);
    }

    [Fact]
    public void BlockSizeDoesNotMatterAndNothingIsAllocated()
    {
        float[] music = Signals.Stereo(Signals.Music(8 * Hop.SampleRate));
        var whole = new LoudnessMeter(48000, 2);
        whole.Write(new AudioBlock(music, 48000, 2, 0));
        foreach (int block in new[] { 64, 333, 4096 })
        {
            var meter = new LoudnessMeter(48000, 2);
            meter.Write(Hearing.Block(music, 0, block));
            int allocating = 0;
            for (long at = block; at < music.Length / 2; at += block)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                meter.Write(Hearing.Block(music, at, block));
                allocating += GC.GetAllocatedBytesForCurrentThread() > before ? 1 : 0;
            }
            // A collection that another thread's test causes counts the rest of this thread's allocation buffer as used.
            Assert.InRange(allocating, 0, 1);
            Assert.Equal(whole.Report() with { TruePeak = 0 }, meter.Report() with { TruePeak = 0 });
            Assert.Equal(whole.Report().TruePeak, meter.Report().TruePeak, 1e-6);
        }
    }

    private static (double Level, double Seconds)[] Steps(string levels) =>
        [.. levels.Split(' ').Select(step => step.Split(':')).Select(pair => (double.Parse(pair[0], System.Globalization.CultureInfo.InvariantCulture), double.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)))];

    /// <summary>A tone of 1 kHz whose level is that of the step and of the channel together, in dBFS of the peak.</summary>
    private static LoudnessReport Measure(int rate, double[] channelLevels, (double Level, double Seconds)[] steps)
    {
        var meter = new LoudnessMeter(rate, channelLevels.Length);
        long first = 0;
        foreach ((double level, double seconds) in steps)
        {
            var sound = new float[(int)(seconds * rate) * channelLevels.Length];
            float[] gains = [.. channelLevels.Select(channel => (float)Math.Pow(10, (channel + level) / 20))];
            for (int i = 0; i < sound.Length / gains.Length; i++)
            {
                float tone = (float)Math.Sin(2 * Math.PI * 1000 * ((first + i) % rate) / rate);
                for (int channel = 0; channel < gains.Length; channel++)
                    sound[i * gains.Length + channel] = gains[channel] * tone;
            }
            meter.Write(new AudioBlock(sound, rate, gains.Length, first));
            first += sound.Length / gains.Length;
        }
        return meter.Report();
    }
}
