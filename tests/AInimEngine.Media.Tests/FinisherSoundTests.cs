using AInimEngine.Core.Time;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

public sealed class FinisherSoundTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private FinishSettings Film(string output, VideoCodec? codec = null, int segments = 1, int frames = 10, Rational? fps = null) =>
        Films.Make(_scratch, output, codec, segments, frames, fps);

    [Theory]
    [InlineData("s.m4a", "o.mp4", "aac")]
    [InlineData("s.m4a", "o.mov", "aac")]
    [InlineData("s.mp3", "o.mp4", "mp3")]
    [InlineData("s.mp3", "o.mov", "mp3")]
    [InlineData("alac.m4a", "o.mp4", "alac")]
    [InlineData("s.aac", "o.mp4", "aac")]
    public void CopiedSoundPlaysAtTheSameTimeAsTheOriginal(string sound, string output, string codec)
    {
        string path = _scratch.Clicks(sound, 3, sound == "alac.m4a" ? ["-c:a", "alac"] : []);
        FinishSettings film = Film(output, segments: 1, frames: 90) with { Sound = new SoundTrack(path) };
        FinishResult result = Finisher.Finish(film);
        Assert.Equal((codec, true, null), (result.SoundCodec, result.SoundCopied, result.WhyEncoded));
        Assert.Equal($"{codec}, copied", result.Sound.Text);
        Assert.Equal(0, Sound.Lag(Sound.Left(Sound.ReadAll(path)), Sound.Left(Sound.ReadAll(result.Path)), 400));
        MediaStream copied = MediaInfo.Probe(result.Path).RequireAudio();
        Assert.InRange(copied.StartTime!.Value, -0.005, 0.005);
    }

    [Theory]
    [InlineData("o.mp4", null, "aac")]
    [InlineData("o.mkv", null, "flac")]
    [InlineData("o.webm", null, "opus")]
    [InlineData("o.mov", VideoCodec.ProRes, "pcm_s24le")]
    public void EncodedSoundPlaysAtTheSameTimeAsTheOriginal(string output, VideoCodec? codec, string soundCodec)
    {
        string path = _scratch.Clicks("s.flac", 3);
        FinishSettings film = Film(output, codec, segments: 1, frames: 75, fps: new Rational(25, 1)) with { Sound = new SoundTrack(path) };
        FinishResult result = Finisher.Finish(film);
        Assert.Equal((soundCodec, false), (result.SoundCodec, result.SoundCopied));
        Assert.InRange(Sound.Lag(Sound.Left(Sound.ReadAll(path)), Sound.Left(Sound.ReadAll(result.Path)), 400), -1, 1);
        Assert.InRange(MediaInfo.Probe(result.Path).RequireAudio().StartTime!.Value, -0.01, 0.01);
    }

    [Fact]
    public void SoundThatWouldStartLateIsEncodedInsteadOfCopied()
    {
        _scratch.Clicks("s.m4a", 3);
        string late = _scratch.Make("late.mp4", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=3", "-itsoffset", "0.5", "-i", "s.m4a", "-map", "0:v", "-map", "1:a", "-c:v", "libx264", "-c:a", "copy");
        FinishResult result = Finisher.Finish(Film("o.mp4", segments: 1, frames: 90) with { Sound = new SoundTrack(late) });
        Assert.False(result.SoundCopied);
        Assert.Contains("would start at 0.4", result.WhyEncoded, StringComparison.Ordinal);
        Assert.InRange(Sound.Lag(Sound.Left(Sound.ReadAll(late)), Sound.Left(Sound.ReadAll(result.Path)), 400), -1, 1);
    }

    [Fact]
    public void AnMp3ThatMp4CannotHoldIsEncoded()
    {
        string path = _scratch.Clicks("s.mp3", 2, "-ar", "8000", "-ac", "1");
        FinishResult result = Finisher.Finish(Film("o.mp4", segments: 1, frames: 60) with { Sound = new SoundTrack(path) });
        Assert.Equal("aac", result.SoundCodec);
        Assert.InRange(Sound.Lag(Sound.Left(Sound.ReadAll(path)), Sound.Left(Sound.ReadAll(result.Path)), 400), -3, 3);
    }

    [Fact]
    public void AMendedSoundIsEncodedClean()
    {
        float[] samples = WavFile.Sine(440, 2, 48000, channels: 2);
        samples[5000] = float.NaN;
        string path = WavFile.Write(_scratch["s.wav"], samples, 2, 48000);
        var warnings = new Warnings();
        FinishResult result = Finisher.Finish(Film("o.mp4", segments: 1, frames: 60) with { Sound = new SoundTrack(path) { MayCopy = false } }, warnings);
        Assert.Equal("the sound was mended", result.WhyEncoded);
        Assert.Contains("1 samples were NaN", Assert.Single(warnings.Lines), StringComparison.Ordinal);
        Assert.InRange(Sound.ReadAll(result.Path).Max(), 0.4f, 0.7f);
    }

    [Fact]
    public void APartIsCutToTheSampleAndFaded()
    {
        float[] ones = new float[2 * 48000 * 3];
        Array.Fill(ones, 0.5f);
        string path = WavFile.Write(_scratch["s.wav"], ones, 2, 48000);
        var sound = new SoundTrack(path) { FirstSample = 24000, SampleCount = 96000, FadeIn = 0.5, FadeOut = 0.25 };
        FinishResult result = Finisher.Finish(Film("o.mkv", segments: 1, frames: 60, fps: new Rational(30, 1)) with { Sound = sound });
        float[] left = Sound.Left(Sound.ReadAll(result.Path));
        Assert.Equal(96000, left.Length);
        Assert.Equal(0, left[0], 1e-4);
        Assert.Equal(0.25, left[12000], 1e-3);
        Assert.Equal(0.5, left[30000], 1e-4);
        Assert.Equal(0.25, left[96000 - 6000], 1e-3);
        Assert.Equal(0, left[^1], 1e-4);
    }

    [Fact]
    public void AFadeOutOfTheWholeSoundEndsWithIt()
    {
        float[] ones = new float[2 * 48000];
        Array.Fill(ones, 0.5f);
        string path = WavFile.Write(_scratch["s.wav"], ones, 2, 48000);
        FinishResult result = Finisher.Finish(Film("o.mkv", segments: 1, frames: 30, fps: new Rational(30, 1)) with { Sound = new SoundTrack(path) { FadeOut = 0.5 } });
        float[] left = Sound.Left(Sound.ReadAll(result.Path));
        Assert.Equal((48000, 0.25), (left.Length, Math.Round(left[36000], 3)));
    }
}
