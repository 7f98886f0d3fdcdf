using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

public sealed class FinisherTests : IDisposable
{
    private static readonly Rational Ntsc = new(30000, 1001);
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private FinishSettings Film(string output, VideoCodec? codec = null, int segments = 3, int frames = 10, Rational? fps = null, string folder = "seg")
    {
        OutputFormat format = OutputFormat.Resolve(output, codec);
        var encoder = new EncoderSettings(160, 90, fps ?? Ntsc, format.Codec) { Preset = format.Codec is VideoCodec.H264 or VideoCodec.H265 ? "ultrafast" : null };
        if (format.Codec == VideoCodec.H264)
            encoder = encoder with { Preset = null }; // B-frames: the hard case for timestamps
        Directory.CreateDirectory(_scratch[folder]);
        var names = new List<string>();
        for (int s = 0; s < segments; s++)
        {
            names.Add(Path.Combine(_scratch[folder], $"{s:00000}{format.SegmentExtension}"));
            using VideoEncoder writer = VideoEncoder.Start(encoder, names[^1]);
            for (int f = 0; f < frames; f++)
            {
                using Image frame = Pictures.Drift(160, 90, s * frames + f);
                writer.Write(frame);
            }
            writer.Finish();
        }
        return new FinishSettings(_scratch[output], format, encoder, names, segments * frames);
    }

    private string[] FilesBeside() =>
        [.. Directory.GetFiles(_scratch.Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("o.mp4", null)]
    [InlineData("o.mp4", VideoCodec.H265)]
    [InlineData("o.mp4", VideoCodec.Av1)]
    [InlineData("o.mov", VideoCodec.ProRes)]
    public void EveryFrameOfJoinedSegmentsIsShownExactlyWhenItShould(string output, VideoCodec? codec)
    {
        FinishSettings film = Film(output, codec, segments: 9, frames: 7);
        FinishResult result = Finisher.Finish(film);
        Assert.Equal(63, result.FrameCount);
        MediaStream video = MediaInfo.Probe(result.Path).RequireVideo();
        Assert.Equal((Ntsc, Ntsc), (video.FrameRate, video.AverageFrameRate));
        Assert.Equal(Enumerable.Range(0, 63).Select(k => k * 1001L), _scratch.PacketTimes(result.Path).Order());
    }

    [Theory]
    [InlineData("o.mp4", null, 3.0)]
    [InlineData("o.mkv", null, 3.0)]
    [InlineData("o.mkv", VideoCodec.Ffv1, 0.0)]
    [InlineData("o.webm", null, 3.0)]
    [InlineData("o.mov", VideoCodec.ProRes4444, 3.0)]
    [InlineData("o.gif", null, 12.0)]
    public void TheFramesOfAllSegmentsFollowInOrder(string output, VideoCodec? codec, double tolerance)
    {
        FinishSettings film = Film(output, codec, fps: new Rational(25, 1));
        Finisher.Finish(film);
        int index = 0;
        foreach (Image frame in VideoFile.ReadFrames(film.Output))
        {
            using (frame)
            using (Image truth = Pictures.Drift(160, 90, index))
                Assert.InRange(Pictures.MeanDifference(frame.Bytes, truth.Bytes), 0, tolerance);
            index++;
        }
        Assert.Equal(30, index);
        Assert.Equal([output], FilesBeside());
        Assert.All(Directory.GetFiles(_scratch["seg"]), f => Assert.EndsWith(film.Format.SegmentExtension, f, StringComparison.Ordinal));
    }

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

    [Theory]
    [InlineData("o.mp4", "c.png", StreamKind.Cover)]
    [InlineData("o.mp4", "c.jpg", StreamKind.Cover)]
    [InlineData("o.mkv", "c.png", StreamKind.Cover)]
    public void TagsAndCoverAreInTheFile(string output, string coverName, StreamKind kind)
    {
        string cover = _scratch.Make(coverName, "-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", "-f", "image2pipe", "-c:v", coverName == "c.png" ? "png" : "mjpeg");
        string sound = _scratch.Clicks("s.m4a", 1);
        FinishResult result = Finisher.Finish(Film(output) with
        {
            Sound = new SoundTrack(sound), Cover = cover, Title = "It's = \"this\"; ♫", Artist = "-i A%d",
        });
        MediaInfo info = MediaInfo.Probe(result.Path);
        Assert.Equal("It's = \"this\"; ♫", info.Tags["title"]);
        Assert.Equal("-i A%d", info.Tags["artist"]);
        Assert.Equal("h264", info.RequireVideo().Codec);
        Assert.Contains(info.Streams, s => s.Kind == kind);
    }

    [Theory]
    [InlineData("o.mkv", null)]
    [InlineData("o.mkv", VideoCodec.Ffv1)]
    [InlineData("o.webm", null)]
    public void MatroskaShowsEveryFrameWithinItsMillisecond(string output, VideoCodec? codec)
    {
        FinishSettings film = Film(output, codec, segments: 9, frames: 7);
        MediaStream video = MediaInfo.Probe(Finisher.Finish(film).Path).RequireVideo();
        Assert.Equal(Ntsc, video.FrameRate);
        Assert.Equal(Enumerable.Range(0, 63).Select(k => (long)Math.Round(k * 1001 / 30.0, MidpointRounding.AwayFromZero)), _scratch.PacketTimes(film.Output).Order());
    }

    [Fact]
    public void ACoverThatDoesNotFitIsRefused()
    {
        FinishSettings film = Film("o.mov", segments: 1, frames: 2);
        Assert.Equal(ExitCode.Usage, Assert.Throws<AInimException>(() => Finisher.Finish(film with { Cover = film.Segments[0] })).ExitCode);
        FinishSettings mp4 = film with { Output = _scratch["o.mp4"], Format = OutputFormat.Resolve("o.mp4") };
        Assert.Contains("neither a JPEG nor a PNG", Assert.Throws<AInimException>(() => Finisher.Finish(mp4 with { Cover = film.Segments[0] })).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<AInimException>(() => Finisher.Finish(mp4 with { Cover = "%d.png" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheIndexComesFirst()
    {
        FinishResult result = Finisher.Finish(Film("o.mp4"));
        byte[] bytes = File.ReadAllBytes(result.Path);
        Assert.InRange(bytes.AsSpan().IndexOf("moov"u8), 1, bytes.AsSpan().IndexOf("mdat"u8));
    }

    [Theory]
    [InlineData("-x.mp4")]
    [InlineData("%03d.mp4")]
    [InlineData("it's \"q\" $(id);.mp4")]
    [InlineData("line\nbreak.mp4")]
    [InlineData("http:x.mp4")]
    public void OutputFolderAndSoundNamesAreOnlyNames(string name)
    {
        FinishSettings film = Film(name, segments: 2, frames: 3, folder: "dir " + name) with { Sound = new SoundTrack(_scratch.Clicks("%d it's.m4a", 1)) };
        Assert.Equal(6, Finisher.Finish(film).FrameCount);
        Assert.Equal(new[] { "%d it's.m4a", name }.Order(StringComparer.Ordinal), FilesBeside());
    }

    [Fact]
    public void AnExistingFileIsKeptUnlessToldOtherwise()
    {
        FinishSettings film = Film("o.mp4");
        File.WriteAllText(film.Output, "mine");
        AInimException error = Assert.Throws<AInimException>(() => Finisher.Finish(film));
        Assert.Contains("--overwrite", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(film.Output));

        // A failure leaves it as it was, too.
        Assert.Throws<AInimException>(() => Finisher.Finish(film with { Overwrite = true, FrameCount = 31 }));
        Assert.Equal("mine", File.ReadAllText(film.Output));
        Finisher.Finish(film with { Overwrite = true });
        Assert.Equal(30, MediaInfo.Probe(film.Output, countPackets: true).RequireVideo().PacketCount);
        Assert.Equal(["o.mp4"], FilesBeside());
    }

    [Fact]
    public void AMissingSegmentOrFolderIsNamed()
    {
        FinishSettings film = Film("o.mp4");
        Assert.Contains("the folder does not exist", Assert.Throws<AInimException>(() => Finisher.Finish(film with { Output = _scratch["no/o.mp4"] })).Message, StringComparison.Ordinal);
        File.Delete(film.Segments[1]);
        Assert.Contains("is gone", Assert.Throws<AInimException>(() => Finisher.Finish(film)).Message, StringComparison.Ordinal);
        Assert.Empty(FilesBeside());
    }

    [Fact]
    public void ABrokenSegmentIsAnErrorAndLeavesNothing()
    {
        FinishSettings film = Film("o.mp4");
        File.WriteAllText(film.Segments[1], "no video");
        Assert.Equal(ExitCode.Output, Assert.Throws<AInimException>(() => Finisher.Finish(film)).ExitCode);
        Assert.Empty(FilesBeside());
    }

    [Fact]
    public void StoppingLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Finisher.Finish(Film("o.mp4"), cancellation: stop.Token));
        Assert.Empty(FilesBeside());
    }

    [Fact]
    public void TheSameSegmentsGiveTheSameFile()
    {
        FinishSettings film = Film("o.mp4") with { Sound = new SoundTrack(_scratch.Clicks("s.flac", 1)), Title = "T" };
        Finisher.Finish(film);
        byte[] first = File.ReadAllBytes(film.Output);
        Finisher.Finish(film with { Overwrite = true });
        Assert.Equal(first, File.ReadAllBytes(film.Output));
    }
}
