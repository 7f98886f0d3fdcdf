using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Tests;

public sealed class RefusedInputTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private static string Refusal(string path)
    {
        AInimException error = Assert.Throws<AInimException>(() => AudioFile.Open(path));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
        Assert.StartsWith("cannot decode '", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    [Fact]
    public void WhatIsNotAFileIsNamed()
    {
        Assert.Contains("no such file", Refusal(_scratch["missing.mp3"]), StringComparison.Ordinal);
        Assert.Contains("it is a directory", Refusal(_scratch.Folder), StringComparison.Ordinal);
        Assert.Contains("not a file name", Refusal(""), StringComparison.Ordinal);
        File.WriteAllText(_scratch["empty.mp3"], "");
        Assert.Contains("the file is empty", Refusal(_scratch["empty.mp3"]), StringComparison.Ordinal);
        Assert.Contains("the file is empty", Refusal("/dev/zero"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello world, this is no sound\n", 1)]
    [InlineData("All work and no play makes Jack a dull boy.\n", 500)]
    public void TextNamedMp3IsNoSound(string text, int times)
    {
        File.WriteAllText(_scratch["text.mp3"], string.Concat(Enumerable.Repeat(text, times)));
        Assert.Contains("not a sound or video file", Refusal(_scratch["text.mp3"]), StringComparison.Ordinal);
    }

    [Fact]
    public void ZerosNamedMp3HoldNoSound()
    {
        File.WriteAllBytes(_scratch["zeros.mp3"], new byte[100_000]);
        Assert.Contains("holds no sound that ffmpeg can decode", Refusal(_scratch["zeros.mp3"]), StringComparison.Ordinal);
    }

    [Fact]
    public void AVideoWithoutSoundListsItsStreams()
    {
        string path = _scratch.Make("mute.mp4", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", "-c:v", "libx264");
        Assert.Contains("no audio stream found (streams: video h264)", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void ASoundWithoutSamplesIsRefused()
    {
        string path = WavFile.Write(_scratch["zero.wav"], [], 2, 44100);
        Assert.Contains("no samples", Refusal(path), StringComparison.Ordinal);
        string flac = _scratch.Make("zero.flac", "-f", "lavfi", "-i", "sine=d=1", "-frames:a", "0");
        Refusal(flac);
    }

    [Fact]
    public void APictureIsNoSound()
    {
        string path = _scratch.Make("p.png", "-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1");
        Refusal(path);
    }
}
