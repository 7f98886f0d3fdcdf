using AInimEngine.Audio.Level;
using AInimEngine.Audio.Tests.Support;
using AInimEngine.Core.State;

namespace AInimEngine.Audio.Tests.Level;

public sealed class AutoGainTests
{
    [Theory]
    [InlineData(-45)]
    [InlineData(-30)]
    [InlineData(-18)]
    [InlineData(-4)]
    public void ASineOfAnyLevelComesToTheTarget(double level)
    {
        var gain = new AutoGain(new AutoGainSettings());
        float[] sound = Tone(level, 26);
        gain.Process(sound);
        Assert.Equal(-18, TestTone.Decibels(sound.AsSpan(^48000)), 0.1);
        Assert.Equal(-18 - level, gain.GainDb, 0.1);
        Assert.False(gain.IsSilent);
    }

    [Theory]
    [InlineData(-38)]
    [InlineData(-8)]
    public void InFourSecondsItGoesSixtyThreePercentOfTheWayUpAsDown(double level)
    {
        var gain = new AutoGain(new AutoGainSettings());
        gain.Process(Tone(level, 4));
        Assert.Equal((-18 - level) * (1 - Math.Exp(-1)), gain.GainDb, 0.15);
    }

    [Fact]
    public void TheGainHasACeilingAndAFloor()
    {
        var gain = new AutoGain(new AutoGainSettings { CeilingDb = 6, FloorDb = -3, Seconds = 0.1f });
        gain.Process(Tone(-50, 3));
        Assert.Equal(6, gain.GainDb, 0.01);
        gain.Process(Tone(-4, 3));
        Assert.Equal(-3, gain.GainDb, 0.01);
    }

    [Fact]
    public void SilenceFreezesTheGainForAnyTime()
    {
        var gain = new AutoGain(new AutoGainSettings());
        gain.Process(Tone(-38, 8));
        float before = gain.GainDb;
        float[] silence = new float[2 * 48000 * 30];
        gain.Process(silence);
        Assert.Equal(before, gain.GainDb, 0.02);
        Assert.True(gain.IsSilent);
        Assert.All(silence, sample => Assert.Equal(0, sample));

        // And the music after it is as loud as that before, at once.
        float[] music = Tone(-38, 0.5);
        gain.Process(music);
        Assert.Equal(-38 + before, TestTone.Decibels(music.AsSpan(^9600)), 0.5);
    }

    [Fact]
    public void ANoiseFloorBelowTheGateIsNotPumpedUp()
    {
        var gain = new AutoGain(new AutoGainSettings());
        gain.Process(Tone(-38, 12));
        float before = gain.GainDb;
        Assert.True(before > 18);
        float[] noise = Noise(-65, 20);
        double level = TestTone.Decibels(noise);
        gain.Process(noise);
        Assert.Equal(before, gain.GainDb, 0.02);
        Assert.Equal(level, TestTone.Decibels(noise.AsSpan(2 * 48000 * 2)), 0.1);
    }

    [Theory]
    [InlineData(-20, false)]
    [InlineData(-80, true)]
    public void BetweenTheTwoThresholdsTheGateStaysAsItIs(double before, bool silent)
    {
        var gain = new AutoGain(new AutoGainSettings());
        gain.Process(Tone(before, 1));
        gain.Process(Tone(-57.5, 3));
        Assert.Equal(silent, gain.IsSilent);
    }

    [Fact]
    public void NothingLeavesLouderThanTheLimit()
    {
        var settings = new AutoGainSettings { LimitDb = -1 };
        var gain = new AutoGain(settings);
        gain.Process(Tone(-50, 20));
        float[] sound = TestTone.Sine(1, 1);
        sound[1000] = float.NaN;
        sound[1001] = float.PositiveInfinity;
        gain.Process(sound);
        float limit = MathF.Pow(10, -1 / 20f);
        Assert.All(sound, sample => Assert.InRange(sample, -limit, limit));
        Assert.Equal(limit, sound.Max(), 1e-3);
        Assert.True(gain.LimiterDb < -10);
    }

    [Fact]
    public void ASampleFarOverFullScaleSpoilsNothingAfterIt()
    {
        var gain = new AutoGain(new AutoGainSettings());
        float[] sound = Tone(-30, 1);
        sound[1000] = 1e20f;
        gain.Process(sound);
        gain.Process(sound = Tone(-30, 20));
        Assert.All(sound, sample => Assert.True(float.IsFinite(sample)));
        Assert.True(sound.Max() > 0.01);
    }

    [Fact]
    public void AGainByHandIsJustThat()
    {
        var gain = new AutoGain(new AutoGainSettings { FixedDb = 6 });
        float[] sound = Tone(-40, 1), expected = Tone(-40, 1);
        gain.Process(sound);
        double factor = Math.Pow(10, 6 / 20.0);
        for (int i = 0; i < sound.Length; i++)
            Assert.Equal(factor * expected[i], sound[i], 1e-6);
    }

    [Fact]
    public void BlocksOfAnySizeGiveTheSameAndAStateGoesOn()
    {
        float[] whole = Tone(-30, 1), pieces = Tone(-30, 1);
        new AutoGain(new AutoGainSettings()).Process(whole);
        var gain = new AutoGain(new AutoGainSettings());
        int at = 0;
        for (int size = 1; at < pieces.Length; size = (size * 7 % 501) + 1)
        {
            int count = Math.Min(2 * size, pieces.Length - at);
            gain.Process(pieces.AsSpan(at, count));
            at += count;
            using var memory = new MemoryStream();
            var writer = new StateWriter(memory);
            gain.Save(writer);
            writer.Flush();
            memory.Position = 0;
            gain = new AutoGain(new AutoGainSettings());
            gain.Restore(new StateReader(memory));
        }
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void TheMetersSayWhatCameIn()
    {
        var gain = new AutoGain(new AutoGainSettings());
        gain.Process(Tone(-20, 1));
        Assert.Equal(-20, gain.LevelDb, 0.2);
        Assert.Equal(0.1 * Math.Sqrt(2), gain.TakePeak(), 0.001);
        Assert.Equal(0, gain.TakePeak());
    }

    [Fact]
    public void NothingIsAllocated()
    {
        var gain = new AutoGain(new AutoGainSettings());
        float[] sound = Tone(-20, 0.1);
        gain.Process(sound);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
            gain.Process(sound);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void SettingsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoGain(new AutoGainSettings { TargetDb = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoGain(new AutoGainSettings { CloseDb = -50 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutoGain(new AutoGainSettings { FixedDb = float.NaN }));
    }

    // A sine of that RMS.
    private static float[] Tone(double decibels, double seconds) => TestTone.Sine(seconds, Math.Sqrt(2) * Math.Pow(10, decibels / 20), 997);

    private static float[] Noise(double decibels, double seconds)
    {
        var random = new Random(1);
        double amplitude = Math.Sqrt(3) * Math.Pow(10, decibels / 20);
        float[] noise = new float[2 * (int)(seconds * 48000)];
        for (int i = 0; i < noise.Length; i++)
            noise[i] = (float)(amplitude * ((2 * random.NextDouble()) - 1));
        return noise;
    }
}
