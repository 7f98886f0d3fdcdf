using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

public sealed class OutputFormatTests
{
    [Theory]
    [InlineData("a.mp4", VideoCodec.H264, Container.Mp4)]
    [InlineData("a.MOV", VideoCodec.H264, Container.Mov)]
    [InlineData("a.b.mkv", VideoCodec.H264, Container.Matroska)]
    [InlineData("a.webm", VideoCodec.Vp9, Container.WebM)]
    [InlineData("a.gif", VideoCodec.Gif, Container.Gif)]
    public void TheExtensionNamesTheContainerAndItsUsualCodec(string path, VideoCodec codec, Container container) =>
        Assert.Equal(new OutputFormat(container, codec), OutputFormat.Resolve(path));

    [Theory]
    [InlineData("a.mov", VideoCodec.Vp9, "vp9 does not go into .mov: use .mp4 or .mkv or .webm")]
    [InlineData("a.mp4", VideoCodec.ProRes, "prores does not go into .mp4: use .mov or .mkv")]
    [InlineData("a.webm", VideoCodec.H264, "h264 does not go into .webm")]
    [InlineData("a.mp4", VideoCodec.Gif, "use .gif")]
    [InlineData("a.mp4", VideoCodec.Ffv1, "use .mkv")]
    [InlineData("a", null, "the name has no extension")]
    [InlineData("a.avi", null, "no container is known by '.avi'")]
    public void WhatDoesNotFitIsRefusedUpFront(string path, VideoCodec? codec, string message)
    {
        AInimException error = Assert.Throws<AInimException>(() => OutputFormat.Resolve(path, codec));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CodecNamesAreReadAsWrittenOnTheCommandLine()
    {
        foreach (VideoCodec codec in Enum.GetValues<VideoCodec>())
        {
            Assert.True(OutputFormat.TryParseCodec(OutputFormat.Name(codec), out VideoCodec parsed));
            Assert.Equal(codec, parsed);
        }
        Assert.All(new[] { "", "1", "h266", "h264,h265", null }, text => Assert.False(OutputFormat.TryParseCodec(text, out _)));
    }

    [Fact]
    public void AGifFasterThanItsClockIsRefused()
    {
        OutputFormat.Resolve("a.gif").CheckFps(new Rational(50, 1));
        Assert.Throws<AInimException>(() => OutputFormat.Resolve("a.gif").CheckFps(new Rational(60, 1)));
    }

    [Theory]
    [InlineData(0, 1, "1/100 to 240")]
    [InlineData(1, 101, "1/100 to 240")]
    [InlineData(240001, 1000, "1/100 to 240")]
    [InlineData(2997003, 125000, "too fine")]
    public void RatesThatNoContainerHoldsAreRefused(int numerator, int denominator, string message)
    {
        AInimException error = Assert.Throws<AInimException>(() => OutputFormat.Resolve("a.mkv").CheckFps(new Rational(numerator, denominator)));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
