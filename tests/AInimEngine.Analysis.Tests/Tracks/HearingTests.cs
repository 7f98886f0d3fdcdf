using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Tests.Tracks;

/// <summary>The very analysers that render and analyze use.</summary>
public sealed class HearingTests
{
    private const int Seconds = 30;

    [Theory]
    [InlineData("silence")]
    [InlineData("noise")]
    [InlineData("noise after silence")]
    [InlineData("hum")]
    [InlineData("tone")]
    [InlineData("offset")]
    [InlineData("pad")]
    [InlineData("pad with hiss")]
    public void SoundWithoutAPulseIsNotTrustedToHaveOne(string name)
    {
        float[] stereo = Signals.Stereo(Sound(name));
        var whole = new TrackHearing();
        var live = new LiveHearing();
        for (int at = 0; at < stereo.Length / 2; at += 4096)
        {
            whole.Write(Hearing.Block(stereo, at, 4096));
            live.Write(Hearing.Block(stereo, at, 4096));
        }
        TrackAnalysis heard = whole.Complete(new LoudnessReport(-70, -70, -70, 0, -200)), told = live.Complete();
        Assert.True(heard.Tempo.Confidence < 0.3, $"{heard.Tempo} with {heard.Beats.Times.Count} beats");
        Assert.True(told.Tempo.Confidence < 0.3, $"live {told.Tempo} with {told.Beats.Times.Count} beats");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void AShortToneHasNoPulseEither(int seconds)
    {
        float[] stereo = Signals.Stereo(Sound("tone")[..(seconds * Hop.SampleRate)]);
        var whole = new TrackHearing();
        whole.Write(Hearing.Block(stereo, 0, stereo.Length / 2));
        TempoEstimate tempo = whole.Complete(new LoudnessReport(-70, -70, -70, 0, -200)).Tempo;
        Assert.True(tempo.Confidence < 0.3, $"{tempo}");
    }

    [Fact]
    public void EveryLengthFromNothingToAFewBarsIsHeard()
    {
        float[] music = Signals.Stereo(Signals.Music(9 * Hop.SampleRate));
        foreach (double seconds in (double[])[0, 0.05, 0.3, 1, 1.5, 2, 2.5, 3, 4, 5, 7, 9])
        {
            int samples = (int)(seconds * Hop.SampleRate);
            var whole = new TrackHearing();
            var live = new LiveHearing();
            whole.Write(Hearing.Block(music, 0, samples));
            live.Write(Hearing.Block(music, 0, samples));
            TrackAnalysis heard = whole.Complete(new LoudnessReport(-70, -70, -70, 0, -200)), told = live.Complete();
            Assert.Equal(samples, heard.SampleCount);
            Assert.All(heard.Beats.Times.Concat(told.Beats.Times), time => Assert.InRange(time, 0, seconds));
            Assert.Equal(seconds, heard.Sections.Count > 0 ? heard.Sections[^1].End : seconds, 3);
            Assert.InRange(heard.Tempo.Confidence, 0, 1);
        }
    }

    [Fact]
    public void HalfAndDoubleAreAlwaysAmongTheAlternatives()
    {
        float[] stereo = Signals.Stereo(Signals.Music(40 * Hop.SampleRate));
        var whole = new TrackHearing();
        whole.Write(Hearing.Block(stereo, 0, stereo.Length / 2));
        TempoEstimate tempo = whole.Complete(new LoudnessReport(-70, -70, -70, 0, -200)).Tempo;
        foreach (double bpm in (double[])[tempo.Bpm / 2, tempo.Bpm * 2])
            if (bpm is >= 50 and <= 220)
                Assert.Contains(tempo.Alternatives, other => Math.Abs(other.Bpm / bpm - 1) < 0.03);
    }

    private static float[] Sound(string name)
    {
        int length = Seconds * Hop.SampleRate;
        float[] sound = name.StartsWith("noise", StringComparison.Ordinal) ? Signals.Noise(4, 0.1f, length)
            : name.EndsWith("hiss", StringComparison.Ordinal) ? Signals.Noise(5, 0.001f, length) : new float[length];
        if (name == "noise after silence")
            sound.AsSpan(0, 5 * Hop.SampleRate).Clear();
        for (int i = 0; i < length; i++)
        {
            double time = (double)i / Hop.SampleRate;
            sound[i] += (float)(name switch
            {
                "hum" => 0.3 * Math.Sin(2 * Math.PI * 50 * time),
                "tone" => 0.3 * Math.Sin(2 * Math.PI * 1000 * time),
                "offset" => 0.7,
                "pad" or "pad with hiss" => 0.1 * (Math.Sin(2 * Math.PI * 220 * time) + Math.Sin(2 * Math.PI * 277.2 * time) + Math.Sin(2 * Math.PI * 329.6 * time)) * (1 + 0.3 * Math.Sin(0.7 * time)),
                _ => 0,
            });
        }
        return sound;
    }
}
