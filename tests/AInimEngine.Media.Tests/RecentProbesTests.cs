namespace AInimEngine.Media.Tests;

public sealed class RecentProbesTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void AFileIsAskedOnceUntilItChanges()
    {
        string path = WavFile.Write(_scratch["a.wav"], WavFile.Sine(440, 0.5, 8000), channels: 1, rate: 8000);
        MediaInfo first = MediaInfo.Probe(path), again = MediaInfo.Probe(path);
        Assert.Same(first.Streams, again.Streams);

        // As many bytes as before.
        WavFile.Write(path, WavFile.Sine(440, 0.25, 8000, channels: 2), channels: 2, rate: 8000);
        Assert.Equal(2, MediaInfo.Probe(path).RequireAudio().Channels);
        File.Delete(path);
        Assert.Throws<Core.Errors.AInimException>(() => MediaInfo.Probe(path));
    }

    [Fact]
    public void ALinkIsAskedEveryTime()
    {
        string one = WavFile.Write(_scratch["1.wav"], WavFile.Sine(440, 0.5, 8000), channels: 1, rate: 8000);
        string two = WavFile.Write(_scratch["2.wav"], WavFile.Sine(440, 0.25, 8000, channels: 2), channels: 2, rate: 8000);
        File.CreateSymbolicLink(_scratch["link.wav"], one);
        Assert.Equal(1, MediaInfo.Probe(_scratch["link.wav"]).RequireAudio().Channels);
        File.Delete(_scratch["link.wav"]);
        File.CreateSymbolicLink(_scratch["link.wav"], two);
        Assert.Equal(2, MediaInfo.Probe(_scratch["link.wav"]).RequireAudio().Channels);
    }
}
