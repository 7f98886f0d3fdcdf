using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

public sealed class VideoEncoderTests : IDisposable
{
    private static readonly Rational Ntsc = new(30000, 1001);
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private string Encode(EncoderSettings settings, int frames = 12, string name = "seg", int first = 0)
    {
        string path = _scratch[name + new OutputFormat(Container.Matroska, settings.Codec).SegmentExtension];
        using VideoEncoder encoder = VideoEncoder.Start(settings, path);
        for (int i = 0; i < frames; i++)
        {
            using Image frame = Pictures.Drift(settings.Width, settings.Height, first + i);
            encoder.Write(frame);
        }
        encoder.Finish();
        Assert.Equal(frames, encoder.FrameCount);
        return path;
    }

    [Theory]
    [InlineData(VideoCodec.H264, "h264", "yuv420p", "avc1")]
    [InlineData(VideoCodec.H265, "hevc", "yuv420p", "hvc1")]
    [InlineData(VideoCodec.ProRes, "prores", "yuv422p10le", "apch")]
    [InlineData(VideoCodec.ProRes4444, "prores", "yuv444p12le", "ap4h")]
    [InlineData(VideoCodec.Vp9, "vp9", "yuv420p", "vp09")]
    [InlineData(VideoCodec.Av1, "av1", "yuv420p", "av01")]
    public void EachCodecIsTaggedBt709AndKeepsItsFrames(VideoCodec codec, string name, string pixels, string tag)
    {
        string path = Encode(new EncoderSettings(160, 90, Ntsc, codec));
        MediaStream video = MediaInfo.Probe(path, countPackets: true).RequireVideo();
        Assert.Equal((name, pixels, tag), (video.Codec, video.Format, video.Tag));
        Assert.Equal((160, 90, 12L), (video.Width, video.Height, video.PacketCount));
        Assert.Equal(("bt709", "bt709", "bt709", "tv"), (video.ColorSpace, video.ColorTransfer, video.ColorPrimaries, video.ColorRange));
        Assert.Equal(Ntsc, video.FrameRate);
        LooksLikeWhatWasWritten(path, 12, 3.0);
    }

    [Theory]
    [InlineData(VideoCodec.Ffv1)]
    [InlineData(VideoCodec.Gif)]
    public void TheLosslessIntermediateGivesBackEveryBit(VideoCodec codec)
    {
        string path = Encode(new EncoderSettings(160, 90, new Rational(30, 1), codec));
        MediaStream video = MediaInfo.Probe(path, countPackets: true).RequireVideo();
        Assert.Equal(("ffv1", 12L), (video.Codec, video.PacketCount));
        LooksLikeWhatWasWritten(path, 12, 0);
    }

    [Fact]
    public void TheSameFramesGiveTheSameFile()
    {
        var settings = new EncoderSettings(160, 90, new Rational(30, 1));
        Assert.Equal(File.ReadAllBytes(Encode(settings, 40, "a")), File.ReadAllBytes(Encode(settings, 40, "b")));
    }

    [Fact]
    public void ConvertingHereLooksLikeTheScalerOfFfmpeg()
    {
        var settings = new EncoderSettings(160, 90, new Rational(30, 1)) { Quality = 1 };
        string ours = Encode(settings, 4, "ours");
        using (VideoEncoder encoder = VideoEncoder.Start(settings, _scratch["theirs.mp4"], null, convertHere: false))
        {
            for (int i = 0; i < 4; i++)
            {
                using Image frame = Pictures.Drift(160, 90, i);
                encoder.Write(frame);
            }
            encoder.Finish();
        }
        using Image a = VideoFile.ReadFrames(ours).First(), b = VideoFile.ReadFrames(_scratch["theirs.mp4"]).First();
        Assert.InRange(Pictures.MeanDifference(a.Bytes, b.Bytes), 0, 1.0);
    }

    [Fact]
    public void TheSegmentAppearsOnlyWhenFinished()
    {
        var settings = new EncoderSettings(160, 90, new Rational(30, 1));
        string path = _scratch["s.mp4"];
        using (VideoEncoder encoder = VideoEncoder.Start(settings, path))
        {
            using Image frame = Pictures.Drift(160, 90, 0);
            encoder.Write(frame);
            Assert.False(File.Exists(path));
        }
        Assert.Empty(Directory.GetFiles(_scratch.Folder));
    }

    [Fact]
    public void ASegmentWhoseNameIsTakenByAFolderIsAnOutputError()
    {
        using VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(32, 32, new Rational(30, 1)), _scratch["s.mp4"]);
        using Image frame = Pictures.Drift(32, 32, 0);
        encoder.Write(frame);
        Directory.CreateDirectory(_scratch["s.mp4"]); // no file can take this name
        AInimException error = Assert.Throws<AInimException>(encoder.Finish);
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains("cannot write", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-x.mp4")]
    [InlineData("%d.mp4")]
    [InlineData("it's \"q\" $(id);.mp4")]
    [InlineData("line\nbreak.mp4")]
    [InlineData("concat:a|b.mp4")]
    [InlineData("http:x.mp4")]
    [InlineData("tee:a.mp4")]
    public void AnOutputNameIsOnlyAName(string name)
    {
        using (VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(32, 32, new Rational(30, 1)), _scratch[name]))
        {
            using Image frame = Pictures.Drift(32, 32, 0);
            encoder.Write(frame);
            encoder.Finish();
        }
        Assert.Equal(_scratch[name], Assert.Single(Directory.GetFiles(_scratch.Folder)));
    }

    [Fact]
    public void AKilledEncoderIsAnOutputErrorAndLeavesNothing()
    {
        var settings = new EncoderSettings(640, 360, new Rational(30, 1));
        using (VideoEncoder encoder = VideoEncoder.Start(settings, _scratch["s.mp4"]))
        {
            using Image frame = Pictures.Drift(640, 360, 0);
            encoder.Write(frame);
            using (Process victim = Process.GetProcessById(encoder.ProcessId))
                victim.Kill();
            AInimException error = Assert.Throws<AInimException>(() =>
            {
                for (int i = 0; i < 10_000; i++)
                    encoder.Write(frame);
            });
            Assert.Equal(ExitCode.Output, error.ExitCode);
            Assert.Contains("killed (signal 9)", error.Message, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(_scratch.Folder));
    }

    [Fact]
    public void AKillBeforeTheEndIsNoticedByFinish()
    {
        using VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(160, 90, new Rational(30, 1)), _scratch["s.mp4"]);
        using Image frame = Pictures.Drift(160, 90, 0);
        encoder.Write(frame);
        using (Process victim = Process.GetProcessById(encoder.ProcessId))
            victim.Kill();
        Assert.Contains("killed", Assert.Throws<AInimException>(encoder.Finish).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_scratch["s.mp4"]));
    }

    [Fact]
    public void AFolderThatIsMissingIsNamed()
    {
        AInimException error = Assert.Throws<AInimException>(() =>
            VideoEncoder.Start(new EncoderSettings(160, 90, new Rational(30, 1)), _scratch["none/s.mp4"]));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains("the folder does not exist", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(161, 90, 30, "use even numbers, e.g. 160x90")]
    [InlineData(8, 8, 30, "use 16 to 8192")]
    [InlineData(160, 90, 0, "frames a second")]
    [InlineData(160, 90, 1000, "frames a second")]
    public void SizesAndRatesAreChecked(int width, int height, int fps, string message)
    {
        AInimException error = Assert.Throws<AInimException>(() => new EncoderSettings(width, height, new Rational(fps, 1)).Check());
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WritingAllocatesNothing()
    {
        using VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(64, 64, new Rational(30, 1)) { Preset = "ultrafast" }, _scratch["s.mp4"]);
        using Image frame = Pictures.Drift(64, 64, 0);
        encoder.Write(frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            encoder.Write(frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void LooksLikeWhatWasWritten(string path, int count, double tolerance)
    {
        int index = 0;
        foreach (Image frame in VideoFile.ReadFrames(path))
        {
            using (frame)
            using (Image truth = Pictures.Drift(frame.Width, frame.Height, index))
                Assert.InRange(Pictures.MeanDifference(frame.Bytes, truth.Bytes), 0, tolerance);
            index++;
        }
        Assert.Equal(count, index);
    }
}
