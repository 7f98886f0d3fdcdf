using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

/// <summary>Alone, since it puts another ffmpeg in place through the environment.</summary>
[Collection("alone")]
public sealed class FinisherCheckTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>As it is known before any frame is made.</summary>
    private FinishSettings Plan(string output, VideoCodec? codec = null)
    {
        OutputFormat format = OutputFormat.Resolve(output, codec);
        return new FinishSettings(_scratch[output], format, new EncoderSettings(160, 90, new Rational(30, 1), format.Codec), [], 0);
    }

    /// <summary>An ffmpeg that lists these encoders and can do nothing else.</summary>
    private FFmpegTools ToolsWith(params string[] encoders)
    {
        string list = string.Concat(encoders.Select(e => $"echo ' V....D {e}  {e}'\n"));
        foreach (string program in new[] { "ffmpeg", "ffprobe" })
        {
            File.WriteAllText(_scratch[program], $"#!/bin/sh\necho ffmpeg version 9.9\necho ' ------'\n{list}");
            if (OperatingSystem.IsWindows())
                Assert.Skip("the stand-in for ffmpeg is a shell script");
            else
                File.SetUnixFileMode(_scratch[program], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        try
        {
            Environment.SetEnvironmentVariable(FFmpegTools.FolderVariable, _scratch.Folder);
            return FFmpegTools.Find();
        }
        finally
        {
            Environment.SetEnvironmentVariable(FFmpegTools.FolderVariable, null);
        }
    }

    [Theory]
    [InlineData("o.mp4", null)]
    [InlineData("o.mov", VideoCodec.ProRes)]
    [InlineData("o.mkv", VideoCodec.Ffv1)]
    [InlineData("o.webm", null)]
    [InlineData("o.gif", null)]
    public void WhatCanBeMadePassesWithoutATrace(string output, VideoCodec? codec)
    {
        Finisher.Check(Plan(output, codec) with { Sound = new SoundTrack("s.flac") });
        Assert.Empty(Directory.GetFiles(_scratch.Folder));
    }

    [Fact]
    public void ACoverIsOpenedBeforeAnyFrameIsMade()
    {
        File.WriteAllText(_scratch["c.png"], "no picture at all");
        string Refusal(string output, string cover) =>
            Assert.Throws<AInimException>(() => Finisher.Check(Plan(output) with { Cover = _scratch[cover] })).Message;
        Assert.Contains("neither a JPEG nor a PNG", Refusal("o.mp4", "c.png"), StringComparison.Ordinal);
        Assert.Contains("no such file", Refusal("o.mkv", "none.png"), StringComparison.Ordinal);
        Assert.Contains("a cover does not go into .webm", Refusal("o.webm", "c.png"), StringComparison.Ordinal);
        Assert.Contains("a cover does not go into .gif", Refusal("o.gif", "c.png"), StringComparison.Ordinal);
    }

    [Fact]
    public void OutputRateAndPartAreLookedAt()
    {
        FinishSettings plan = Plan("o.mp4");
        ExitCode Refusal(FinishSettings settings) => Assert.Throws<AInimException>(() => Finisher.Check(settings)).ExitCode;
        Assert.Equal(ExitCode.Output, Refusal(plan with { Output = _scratch["none/o.mp4"] }));
        Assert.Equal(ExitCode.Usage, Refusal(plan with { Sound = new SoundTrack("s.flac") { SampleCount = 0 } }));
        Assert.Equal(ExitCode.Usage, Refusal(plan with { Encoder = plan.Encoder with { Fps = new Rational(300, 1) } }));
        Assert.Equal(ExitCode.Usage, Refusal(plan with { Encoder = plan.Encoder with { Width = 161 } }));
    }

    [Theory]
    [InlineData("o.mp4", "libx264", "aac")]
    [InlineData("o.mkv", "libx264", "flac")]
    [InlineData("o.webm", "libvpx-vp9", "libopus")]
    [InlineData("o.gif", "ffv1", null)]
    public void EncodersThatFfmpegLacksAreNamed(string output, string video, string? sound)
    {
        FinishSettings plan = Plan(output) with { Sound = new SoundTrack("s.wav") };
        AInimException Refusal(params string[] has) => Assert.Throws<AInimException>(() => Finisher.Check(plan, ToolsWith(has)));
        Assert.Contains($"lacks the encoder {video}", Refusal("other").Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Environment, Refusal("other").ExitCode);
        if (sound is null)
        {
            Finisher.Check(plan, ToolsWith(video));
            return;
        }
        Assert.Contains($"lacks the encoder {sound}", Refusal(video).Message, StringComparison.Ordinal);
        Finisher.Check(plan, ToolsWith(video, sound));
        Finisher.Check(plan with { Sound = null }, ToolsWith(video));
    }

    [Fact]
    public void AVideoEncoderThatFfmpegLacksIsNamedByTheEncoderItself()
    {
        EncoderSettings settings = Plan("o.mp4").Encoder;
        VideoEncoder.Check(settings, ToolsWith("libx264"));
        Assert.Contains("lacks the encoder libx264", Assert.Throws<AInimException>(() => VideoEncoder.Check(settings, ToolsWith("aac"))).Message, StringComparison.Ordinal);
        Assert.Throws<AInimException>(() => VideoEncoder.Check(settings with { Threads = 0 }, ToolsWith("libx264")));
    }

    [Theory]
    [InlineData("o.mp4", null, "mp3", "mp3, copied", null)]
    [InlineData("o.mov", null, "alac", "alac, copied", null)]
    [InlineData("o.mp4", null, "vorbis", "aac 320k", "vorbis does not go into .mp4")]
    [InlineData("o.mkv", null, "flac", "flac", "sound is only copied into MP4 and MOV")]
    [InlineData("o.webm", null, "opus", "opus 256k", "sound is only copied into MP4 and MOV")]
    [InlineData("o.mov", VideoCodec.ProRes, "aac", "pcm_s24le", "ProRes takes uncompressed sound")]
    [InlineData("o.gif", null, "mp3", "none", null)]
    public void TheSoundsFateIsKnownBeforehand(string output, VideoCodec? codec, string source, string text, string? why)
    {
        SoundPlan plan = Finisher.PlanSound(OutputFormat.Resolve(output, codec), new SoundTrack("s"), source);
        Assert.Equal((text, why), (plan.Text, plan.WhyEncoded));
        Assert.Equal("none", Finisher.PlanSound(OutputFormat.Resolve(output, codec), null, source).Text);
    }

    [Fact]
    public void AMendedPartialOrFadedSoundIsNotCopied()
    {
        OutputFormat mp4 = OutputFormat.Resolve("o.mp4");
        foreach (SoundTrack sound in new SoundTrack[]
            { new("s") { MayCopy = false }, new("s") { FirstSample = 1 }, new("s") { SampleCount = 9 }, new("s") { FadeIn = 1 }, new("s") { FadeOut = 1 } })
            Assert.Equal(("aac 320k", false), (Finisher.PlanSound(mp4, sound, "mp3").Text, Finisher.PlanSound(mp4, sound, "mp3").Copied));
    }
}
