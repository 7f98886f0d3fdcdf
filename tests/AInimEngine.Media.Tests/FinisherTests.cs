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

    private FinishSettings Film(string output, VideoCodec? codec = null, int segments = 3, int frames = 10, Rational? fps = null, string folder = "seg") =>
        Films.Make(_scratch, output, codec, segments, frames, fps, folder);

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

    [Fact]
    public void AGifKeepsEveryFrameThoughItsClockTicksInHundredths()
    {
        Finisher.Finish(Film("o.gif"));
        Assert.Equal(30, MediaInfo.Probe(_scratch["o.gif"], countPackets: true).RequireVideo().PacketCount);
        Assert.Equal(Enumerable.Range(0, 30).Select(k => (long)Math.Round(k * 1001 / 300.0)), _scratch.PacketTimes(_scratch["o.gif"]));
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

    public static TheoryData<string, int, int> RatesInMilliseconds()
    {
        var data = new TheoryData<string, int, int>();
        foreach (string output in new[] { "o.mkv", "o.webm" })
        {
            foreach ((int numerator, int denominator) in new[]
                { (24000, 1001), (30000, 1001), (48000, 1001), (60000, 1001), (120000, 1001), (239, 1), (1, 100) })
                data.Add(output, numerator, denominator);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(RatesInMilliseconds))]
    public void EveryRateFitsAClockOfMilliseconds(string output, int numerator, int denominator)
    {
        var fps = new Rational(numerator, denominator);
        FinishSettings film = Film(output, segments: 3, frames: 11, fps: fps);
        FinishResult result = Finisher.Finish(film);
        Assert.Equal(33, result.FrameCount);
        Assert.Equal(
            Enumerable.Range(0, 33).Select(k => (long)Math.Round(k * 1000.0 * denominator / numerator, MidpointRounding.AwayFromZero)),
            _scratch.PacketTimes(result.Path).Order());
    }

    [Theory]
    [InlineData("o.mp4", 120000, 1001)]
    [InlineData("o.mp4", 239, 1)]
    [InlineData("o.mp4", 1, 100)]
    [InlineData("o.mov", 1000999, 5000)]
    [InlineData("o.gif", 48000, 1001)]
    [InlineData("o.gif", 1, 100)]
    public void EveryOtherClockHoldsTheRatesThatItAccepts(string output, int numerator, int denominator) =>
        Assert.Equal(12, Finisher.Finish(Film(output, segments: 3, frames: 4, fps: new Rational(numerator, denominator))).FrameCount);

    [Fact]
    public void FramesAtOtherTimesThanAskedForAreNamed()
    {
        FinishSettings film = Film("o.mkv", segments: 1, frames: 30, fps: new Rational(30, 1));
        MediaStream video = MediaInfo.Probe(film.Segments[0]).RequireVideo();
        FFmpegTools tools = FFmpegTools.Find();
        string? Why(int frames, int fps) => FrameTimes.WhyNot(film.Segments[0], video, frames, new Rational(fps, 1), tools, default);
        Assert.Null(Why(30, 30));
        Assert.Equal("it came out with 30 frames instead of 31", Why(31, 30));
        Assert.Equal("its frame 1 would be shown at 0.033 s instead of 0.040 s", Why(30, 25));
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

    [Theory]
    [InlineData("o.mp4", "work '%d\n")]
    [InlineData("o.gif", "work '%d\n")]
    [InlineData("o.mkv", "seg")]
    public void WhatExistsOnlyMeanwhileLiesInTheWorkFolder(string output, string work)
    {
        FinishSettings film = Film(output) with { WorkFolder = _scratch[work] };
        Directory.CreateDirectory(_scratch[work]);
        using (var workspace = new FinishWorkspace(film))
            Assert.All(new[] { workspace.Target, workspace.List, workspace.Palette }, file => Assert.Equal(_scratch[work], Path.GetDirectoryName(file)));

        Assert.Equal(30, Finisher.Finish(film).FrameCount);
        Assert.Equal([output], FilesBeside());
        Assert.DoesNotContain(Directory.GetFiles(_scratch[work]), f => Path.GetFileName(f).StartsWith('.'));
    }

    [Fact]
    public void AMissingWorkFolderIsNamed()
    {
        FinishSettings film = Film("o.mp4", segments: 1) with { WorkFolder = _scratch["none"] };
        Assert.Contains($"cannot write in '{_scratch["none"]}'", Assert.Throws<AInimException>(() => Finisher.Finish(film)).Message, StringComparison.Ordinal);
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
