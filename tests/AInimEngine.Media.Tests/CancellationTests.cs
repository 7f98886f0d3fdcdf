using System.Diagnostics;
using System.Globalization;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

/// <summary>Programs that were halted (SIGSTOP) never answer, so whoever waits for them comes back by cancellation or not at all.</summary>
public sealed class CancellationTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private static void Halt(int id)
    {
        using Process kill = Process.Start("kill", ["-STOP", id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private string LongSound(int rate = 48000) =>
        WavFile.Write(_scratch["long.wav"], WavFile.Sine(100, 60, rate, channels: 2), 2, rate);

    [Fact]
    public void AWriteThatWaitsForTheEncoderEnds()
    {
        using var stop = new CancellationTokenSource();
        using (VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(1920, 1080, new Rational(30, 1)), _scratch["s.mp4"], null, stop.Token))
        {
            using var frame = new Image(1920, 1080, PixelFormat.Rgba8); // 3 MB, three times what the pipe holds
            Halt(encoder.ProcessId);
            stop.CancelAfter(Soon);
            Assert.Throws<OperationCanceledException>(() => encoder.Write(frame));
        }
        Assert.Empty(Directory.GetFiles(_scratch.Folder));
    }

    [Fact]
    public void AFinishThatWaitsForTheEncoderEnds()
    {
        using var stop = new CancellationTokenSource();
        using (VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(64, 64, new Rational(30, 1)), _scratch["s.mp4"], null, stop.Token))
        {
            using var frame = new Image(64, 64, PixelFormat.Rgba8);
            encoder.Write(frame);
            Halt(encoder.ProcessId);
            stop.CancelAfter(Soon);
            Assert.Throws<OperationCanceledException>(encoder.Finish);
        }
        Assert.Empty(Directory.GetFiles(_scratch.Folder));
    }

    [Theory]
    [InlineData(48000, 0)]
    [InlineData(44100, 0)]
    [InlineData(44100, 1)]
    public void ASkipThatWaitsForTheDecoderEnds(int rate, int halted)
    {
        using var stop = new CancellationTokenSource();
        using AudioFile file = AudioFile.Open(LongSound(rate), null, null, stop.Token);
        Halt(file.ProcessIds[halted]);
        stop.CancelAfter(Soon);
        Assert.Throws<OperationCanceledException>(() => file.SkipTo(long.MaxValue));
    }

    [Fact]
    public void EndingTheDecoderBeforeCancellationTouchesNothing()
    {
        using var stop = new CancellationTokenSource();
        using AudioFile file = AudioFile.Open(LongSound(), null, null, stop.Token);
        file.SkipTo(48000);
        file.SkipTo(0); // a second decoder
        file.Dispose();
        stop.Cancel();
    }

    [Fact]
    public void WhatWasStoppedBeforeDoesNotBegin()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        string sound = LongSound();
        Assert.Throws<OperationCanceledException>(() => AudioFile.Scan(sound, null, null, stop.Token));
        Assert.Throws<OperationCanceledException>(() => MediaInfo.Probe(sound, countPackets: true, null, stop.Token));
        Assert.Throws<OperationCanceledException>(() => VideoEncoder.Start(new EncoderSettings(64, 64, new Rational(30, 1)), _scratch["s.mp4"], null, stop.Token));
        FinishSettings film = Films.Make(_scratch, "o.mkv", segments: 1);
        MediaStream video = MediaInfo.Probe(film.Segments[0]).RequireVideo();
        Assert.Throws<OperationCanceledException>(() => FrameTimes.WhyNot(film.Segments[0], video, 10, film.Encoder.Fps, FFmpegTools.Find(), stop.Token));
        Assert.False(File.Exists(_scratch["s.mp4"]));
    }
}
