using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Recording;

namespace AInimEngine.Media.Tests.Recording;

public sealed class LiveEncoderTests : IDisposable
{
    private const int Width = 64, Height = 48, Rate = 48000;
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-recording").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void PicturesThatDoNotComeAreRepeatedSoThatTheLengthStaysTrue()
    {
        string path = Path.Combine(_folder, "a.mkv");
        using (var encoder = LiveEncoder.Start(path, Width, Height, new Rational(30, 1), Rate, 2))
        {
            Write(encoder, 60, skip: frame => frame is > 10 and < 25);
            encoder.Finish();
        }
        Assert.Equal(60, Frames(path));
        LiveEncoder.CopyToMp4(path, Path.Combine(_folder, "a.mp4"));
        Assert.Equal(60, Frames(Path.Combine(_folder, "a.mp4")));
        Assert.False(File.Exists(Path.Combine(_folder, "a.mp4.part")));
    }

    [Fact]
    public void AKilledEncoderLeavesWhatItHadAndSaysSo()
    {
        string path = Path.Combine(_folder, "b.mkv");
        using (var encoder = LiveEncoder.Start(path, Width, Height, new Rational(30, 1), Rate, 2))
        {
            Write(encoder, 240, skip: _ => false);
            long deadline = Stopwatch.GetTimestamp() + 20 * Stopwatch.Frequency;
            while (!File.Exists(path) || new FileInfo(path).Length < 20_000)
            {
                Assert.True(Stopwatch.GetTimestamp() < deadline, "nothing was written before the end");
                Deadline.Wait(Stopwatch.GetTimestamp() + Stopwatch.Frequency / 100);
            }
            using (Process ffmpeg = Process.GetProcessById(encoder.ProcessId))
                ffmpeg.Kill();
            AInimException error = Assert.Throws<AInimException>(() =>
            {
                for (int i = 0; i < 100; i++)
                    Write(encoder, 240, skip: _ => false);
            });
            Assert.Equal(ExitCode.Output, error.ExitCode);
            Assert.Contains("b.mkv", error.Message, StringComparison.Ordinal);
        }
        Assert.InRange(Frames(path), 10, 240);
    }

    private static void Write(LiveEncoder encoder, int frames, Func<int, bool> skip)
    {
        var picture = new byte[Width * Height * 3 / 2];
        var sound = new float[Rate / 30 * 2];
        var noise = new Random(7);
        for (int frame = 0; frame < frames; frame++)
        {
            noise.NextBytes(picture);
            if (!skip(frame))
                encoder.WritePicture(picture, frame / 30.0);
            for (int i = 0; i < sound.Length; i++)
                sound[i] = 0.1f * MathF.Sin(i / 2 * 0.0576f);
            encoder.WriteSound(sound, frame / 30.0);
        }
    }

    /// <summary>ffprobe decodes the file: the independent reader.</summary>
    private static int Frames(string path)
    {
        var start = new ProcessStartInfo(FFmpegTools.Find().FFprobePath,
            ["-v", "quiet", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path]) { RedirectStandardOutput = true };
        using var probe = Process.Start(start)!;
        string text = probe.StandardOutput.ReadToEnd();
        probe.WaitForExit();
        return int.Parse(text.Trim().TrimEnd(','), System.Globalization.CultureInfo.InvariantCulture);
    }
}
