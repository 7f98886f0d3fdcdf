using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Tests.Tracks;

/// <summary>What has no pulse gets no grid, through the very analysers that render and analyze use.</summary>
public sealed class PulselessTests
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

    private static float[] Sound(string name)
    {
        int length = Seconds * Hop.SampleRate;
        float[] sound = name.StartsWith("noise", StringComparison.Ordinal) ? Signals.Noise(4, 0.1f, length) : new float[length];
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
                "pad" => 0.1 * (Math.Sin(2 * Math.PI * 220 * time) + Math.Sin(2 * Math.PI * 277.2 * time) + Math.Sin(2 * Math.PI * 329.6 * time)) * (1 + 0.3 * Math.Sin(0.7 * time)),
                _ => 0,
            });
        }
        return sound;
    }
}
