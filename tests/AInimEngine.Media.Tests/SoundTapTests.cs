namespace AInimEngine.Media.Tests;

/// <summary>The tap hears the file's own samples while the mix-down is read.</summary>
public sealed class SoundTapTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(1, 48000)]
    [InlineData(2, 48000)]
    [InlineData(2, 44100)]
    [InlineData(6, 8000)]
    public void EverySampleIsHeardOnceAndUnchanged(int channels, int rate)
    {
        float[] samples = [.. Enumerable.Range(0, rate * channels).Select(i => (i % 1999 - 999) / 1000f)];
        samples[7] = float.NaN;
        var tap = new Recorder();
        using (AudioFile file = AudioFile.Open(WavFile.Write(_scratch["a.wav"], samples, channels, rate), tap: tap))
        {
            Assert.InRange(Sound.ReadRest(file).Length, 2 * 47_000, 2 * 49_000);
            Assert.True(file.Ended);
        }
        samples[7] = 0;
        Assert.Equal((rate, channels, 1), (tap.Rate, tap.Channels, tap.Starts));
        Assert.Equal(samples, tap.Samples);
    }

    private sealed class Recorder : ISoundTap
    {
        public List<float> Samples { get; } = [];

        public int Rate { get; private set; }

        public int Channels { get; private set; }

        public int Starts { get; private set; }

        public void Start(MediaStream stream)
        {
            Samples.Clear();
            (Rate, Channels) = (stream.SampleRate, stream.Channels);
            Starts++;
        }

        public void Hear(ReadOnlySpan<float> interleaved)
        {
            Assert.Equal(0, interleaved.Length % Channels);
            foreach (float sample in interleaved)
                Samples.Add(sample);
        }
    }
}
