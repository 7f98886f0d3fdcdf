using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

public sealed class FullDiskTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _scratch["disk"]);
        _scratch.Dispose();
    }

    private static bool Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>A disk of its own with room for almost nothing.</summary>
    private string Disk(int kilobytes)
    {
        string disk = _scratch["disk"];
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", disk))
            Assert.Skip("a small disk cannot be mounted here (needs root on Linux)");
        _mounted = true;
        return disk;
    }

    [Theory]
    [InlineData(VideoCodec.H264)]
    [InlineData(VideoCodec.Ffv1)]
    public void AFullDiskUnderTheEncoderIsSaid(VideoCodec codec)
    {
        string disk = Disk(64);
        var settings = new EncoderSettings(320, 180, new Rational(30, 1), codec) { Quality = codec == VideoCodec.H264 ? 1 : null };
        using (VideoEncoder encoder = VideoEncoder.Start(settings, Path.Combine(disk, "s.mp4")))
        {
            AInimException error = Assert.Throws<AInimException>(() =>
            {
                for (int i = 0; i < 60; i++)
                {
                    using Image frame = Pictures.Drift(320, 180, i);
                    encoder.Write(frame);
                }
                encoder.Finish();
            });
            Assert.Equal(ExitCode.Output, error.ExitCode);
            Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(disk));
    }

    [Fact]
    public void AFullDiskUnderTheFinishedFileIsSaid()
    {
        string disk = Disk(48);
        string segment = _scratch["s.mp4"];
        var settings = new EncoderSettings(160, 90, new Rational(30, 1)) { Quality = 1 };
        using (VideoEncoder encoder = VideoEncoder.Start(settings, segment))
        {
            for (int i = 0; i < 60; i++)
            {
                using Image frame = Pictures.Drift(160, 90, i);
                encoder.Write(frame);
            }
            encoder.Finish();
        }
        Assert.True(new FileInfo(segment).Length > 60_000);
        string output = Path.Combine(disk, "o.mp4");
        AInimException error = Assert.Throws<AInimException>(() => Finisher.Finish(
            new FinishSettings(output, OutputFormat.Resolve(output), settings, [segment], 60) { Sound = new SoundTrack(_scratch.Clicks("s.m4a", 1)) }));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(disk));
    }
}
