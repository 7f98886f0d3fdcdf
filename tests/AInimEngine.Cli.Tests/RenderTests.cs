using System.Text.Json;

namespace AInimEngine.Cli.Tests;

/// <summary>What a render promises, looked at from outside.</summary>
public sealed class RenderTests : IDisposable
{
    // Small, since drawing is most of the time; 16:9.
    private const int Width = 96, Height = 54;
    private const string Size = "96x54";
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("30", 2.0, 60)]
    [InlineData("25", 1.019, 25)]
    [InlineData("25", 1.021, 26)]
    [InlineData("30000/1001", 2.0, 60)]
    [InlineData("60", 0.501, 30)]
    [InlineData("30", 0.004, 1)]
    public void TheVideoHasRoundDurationTimesFpsFrames(string fps, double seconds, int frames)
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(seconds));
        Succeeds("render", wav, "-o", _folder["a.mp4"], "--size", Size, "--fps", fps);

        JsonElement probe = Ffmpeg.Probe(_folder["a.mp4"]);
        JsonElement video = Ffmpeg.Stream(probe, "video");
        Assert.Equal(frames.ToString(), video.GetProperty("nb_read_frames").GetString());
        Assert.Equal(fps.Contains('/') ? fps : fps + "/1", video.GetProperty("avg_frame_rate").GetString());
        Assert.Equal(["a.mp4", "a.wav"], _folder.Names);
    }

    [Fact]
    public void TheDefaultVideoIsH264Yuv420pWithBt709TagsAndFaststart()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(1));
        Succeeds("render", wav, "-o", _folder["a.mp4"], "--size", Size, "--title", "A tune", "--artist", "Nobody");

        JsonElement probe = Ffmpeg.Probe(_folder["a.mp4"]);
        JsonElement video = Ffmpeg.Stream(probe, "video");
        Assert.Equal("h264", video.GetProperty("codec_name").GetString());
        Assert.Equal("yuv420p", video.GetProperty("pix_fmt").GetString());
        Assert.Equal("tv", video.GetProperty("color_range").GetString());
        Assert.Equal("bt709", video.GetProperty("color_space").GetString());
        Assert.Equal("bt709", video.GetProperty("color_transfer").GetString());
        Assert.Equal("bt709", video.GetProperty("color_primaries").GetString());
        Assert.Equal("aac", Ffmpeg.Stream(probe, "audio").GetProperty("codec_name").GetString());
        Assert.Equal("A tune", probe.GetProperty("format").GetProperty("tags").GetProperty("title").GetString());
        Assert.Equal("Nobody", probe.GetProperty("format").GetProperty("tags").GetProperty("artist").GetString());
        string head = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder["a.mp4"]));
        Assert.True(head.IndexOf("moov", StringComparison.Ordinal) < head.IndexOf("mdat", StringComparison.Ordinal), "the index comes before the data");
    }

    [Theory]
    [InlineData("30")]
    [InlineData("25")]
    [InlineData("30000/1001")]
    public void TheBrightnessPeakOfAClickFallsOnItsFrame(string fps)
    {
        // Whole seconds lie on frame boundaries; the others just before, just after and amid.
        double[] times = [1, 2, 3.0167, 4.02, 5, 6 - 1e-4, 7 + 1e-4, 8.011];
        string wav = TestSound.WriteWav(_folder["c.wav"], TestSound.Clicks(9, times));
        Succeeds("render", wav, "-o", _folder["c.mp4"], "--size", Size, "--fps", fps);

        double[] brightness = Ffmpeg.Brightness(_folder["c.mp4"], Width, Height);
        double rate = fps.Contains('/') ? 30000.0 / 1001 : double.Parse(fps);
        int reach = (int)(rate / 2) - 1;
        foreach (double time in times)
        {
            // The click's first sample is the one at or after its time, and its frame holds that sample.
            double heard = Math.Ceiling(time * TestSound.Rate) / TestSound.Rate;
            int expected = (int)Math.Floor(heard * rate + 1e-9);
            int from = Math.Max(0, expected - reach), to = Math.Min(brightness.Length - 1, expected + reach);
            int peak = from;
            for (int k = from; k <= to; k++)
                if (brightness[k] > brightness[peak])
                    peak = k;
            Assert.True(peak == expected, $"{fps} fps, click at {time} s: peak on frame {peak}, expected {expected}; {string.Join(' ', brightness[Math.Max(0, expected - 3)..Math.Min(brightness.Length, expected + 4)].Select(b => b.ToString("f1")))}");
        }
    }

    [Fact]
    public void TheSyncOffsetMovesThePictureByThatMuch()
    {
        string wav = TestSound.WriteWav(_folder["c.wav"], TestSound.Clicks(3, [1.51]));
        Succeeds("render", wav, "-o", _folder["later.mp4"], "--size", Size, "--sync-offset", "200");
        Succeeds("render", wav, "-o", _folder["earlier.mp4"], "--size", Size, "--sync-offset", "-200");

        Assert.Equal(45 + 6, PeakFrame(_folder["later.mp4"]));
        Assert.Equal(45 - 6, PeakFrame(_folder["earlier.mp4"]));
    }

    [Fact]
    public void ACutHearsWhatTheWholeTrackHears()
    {
        // The click before the cut comes through the offset; the cut itself is no onset; the click after it keeps its frame.
        string wav = TestSound.WriteWav(_folder["c.wav"], TestSound.Clicks(6, [1.01, 3.01]));
        Succeeds("render", wav, "-o", _folder["cut.mp4"], "--size", Size, "--from", "1.2", "--to", "4.2", "--sync-offset", "500");

        double[] brightness = Ffmpeg.Brightness(_folder["cut.mp4"], Width, Height);
        Assert.Equal(90, brightness.Length);
        int early = Array.IndexOf(brightness, brightness[..40].Max()), late = Array.IndexOf(brightness, brightness[45..].Max());
        Assert.Equal((int)Math.Floor((1.01 + 0.5 - 1.2) * 30), early);
        Assert.Equal((int)Math.Floor((3.01 + 0.5 - 1.2) * 30), late);
    }

    [Fact]
    public void ACutShowsWhatTheWholeVideoShowsThere()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(6));
        Succeeds("render", wav, "-o", _folder["whole.mp4"], "--size", Size);
        Succeeds("render", wav, "-o", _folder["cut.mp4"], "--size", Size, "--from", "2", "--to", "5");
        double[] whole = Ffmpeg.Brightness(_folder["whole.mp4"], Width, Height), cut = Ffmpeg.Brightness(_folder["cut.mp4"], Width, Height);

        // Only what shaders keep is missing: trails, and the phase of their flow.
        for (int k = 45; k < 90; k++)
            Assert.InRange(cut[k] - whole[k + 60], -5, 5);
        Assert.True(whole.Max() - whole.Min() > 10, "there is something to compare");
    }

    [Fact]
    public void TwoTracksBeginWithDifferentPictures()
    {
        string[] first = Hashes("first", TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(0.2))), second = Hashes("second", TestSound.WriteWav(_folder["b.wav"], TestSound.Tune(0.2, seed: 2)));
        Assert.NotEqual(first[0], second[0]);
    }

    [Fact]
    public void HashesNeverReplaceTheTrack()
    {
        string wav = TestSound.WriteWav(_folder["c.wav"], TestSound.Tune(0.5));
        byte[] before = File.ReadAllBytes(wav);
        Ainim.Result result = AinimHere.Run("render", wav, "-o", _folder["v.mp4"], "--size", Size, "--hashes", wav);
        Assert.Equal(4, result.ExitCode);
        Assert.Equal(before, File.ReadAllBytes(wav));
    }

    [Fact]
    public void TheSameCommandGivesTheSameFramesOnOneThreadOrMany()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(6));
        string[] first = HashesOfProcess("first", wav), second = HashesOfProcess("second", wav);
        string[] single = Hashes("single", wav, "--sequential");
        string[] other = Hashes("other", wav, "--seed", "99");

        Assert.Equal(180, first.Length);
        Assert.Equal(first, second);
        Assert.Equal(first, single);
        Assert.NotEqual(first, other);
        Assert.True(first.Distinct().Count() > 170, "the picture moves");
    }

    [Theory]
    [InlineData("h265", ".mp4", "hevc")]
    [InlineData("prores", ".mov", "prores")]
    [InlineData("vp9", ".webm", "vp9")]
    [InlineData("av1", ".mkv", "av1")]
    [InlineData("ffv1", ".mkv", "ffv1")]
    [InlineData("gif", ".gif", "gif")]
    public void EveryCodecGivesAWholeVideo(string codec, string extension, string name)
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(0.5));
        Succeeds("render", wav, "-o", _folder["v" + extension], "--size", "160x90", "--fps", "20", "--codec", codec);

        JsonElement video = Ffmpeg.Stream(Ffmpeg.Probe(_folder["v" + extension]), "video");
        Assert.Equal(name, video.GetProperty("codec_name").GetString());
        Assert.Equal("10", video.GetProperty("nb_read_frames").GetString());
    }

    [Fact]
    public void ARangeWithFadesHasItsOwnLengthAndBlackEnds()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(6));
        Succeeds("render", wav, "-o", _folder["r.mp4"], "--size", "54x96", "--from", "1.5", "--to", "0:04.5", "--fade", "0.5,1");

        JsonElement video = Ffmpeg.Stream(Ffmpeg.Probe(_folder["r.mp4"]), "video");
        Assert.Equal("90", video.GetProperty("nb_read_frames").GetString());
        double[] brightness = Ffmpeg.Brightness(_folder["r.mp4"], 54, 96);
        Assert.True(brightness[0] < brightness[45] * 0.2, "starts dark");
        Assert.True(brightness[^1] < brightness[45] * 0.2, "ends dark");
        float[] sound = Ffmpeg.Sound(_folder["r.mp4"]);
        Assert.InRange(sound.Length / 48000.0, 2.95, 3.1);
        Assert.True(sound[..2400].Max(MathF.Abs) < 0.3f * sound.Max(MathF.Abs), "the sound fades in");
    }

    [Theory]
    [InlineData("mp3", "libmp3lame")]
    [InlineData("m4a", "aac")]
    [InlineData("m4a", "alac")]
    [InlineData("flac", "flac")]
    [InlineData("ogg", "libvorbis")]
    [InlineData("opus", "libopus")]
    public void SoundAndPictureAgreeWithinAFrameForEveryKindOfSound(string extension, string encoder)
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(4), channels: 2);
        string track = _folder["t." + extension];
        Ffmpeg.Run("-i", wav, "-c:a", encoder, track);
        Succeeds("render", track, "-o", _folder["v.mp4"], "--size", Size);

        string? codec = Ffmpeg.Stream(Ffmpeg.Probe(_folder["v.mp4"]), "audio").GetProperty("codec_name").GetString();
        Assert.Equal(encoder switch { "libmp3lame" => "mp3", "alac" => "alac", _ => "aac" }, codec);
        Assert.InRange(Math.Abs(Lag(Ffmpeg.Sound(track), Ffmpeg.Sound(_folder["v.mp4"]))), 0, TestSound.Rate / 30);
    }

    internal static void Succeeds(params string[] arguments)
    {
        Ainim.Result result = AinimHere.Run(arguments);
        Assert.True(result.ExitCode == 0, $"exit {result.ExitCode}: {result.Error}{result.Output}");
    }

    // Lag in samples that maximises the correlation of two recordings of the same thing.
    private static int Lag(float[] a, float[] b)
    {
        const int reach = 4800, from = 48000, length = 48000;
        int best = 0;
        double highest = double.MinValue;
        for (int lag = -reach; lag <= reach; lag++)
        {
            double sum = 0;
            for (int i = 0; i < length; i += 2)
                sum += a[from + i] * b[from + i + lag];
            if (sum > highest)
                (best, highest) = (lag, sum);
        }
        return best;
    }

    private int PeakFrame(string path)
    {
        double[] brightness = Ffmpeg.Brightness(path, Width, Height);
        return Array.IndexOf(brightness, brightness.Max());
    }

    private string[] Hashes(string name, string wav, params string[] more)
    {
        Succeeds([.. Command(name, wav), .. more]);
        return File.ReadAllLines(_folder[name + ".txt"]);
    }

    private string[] HashesOfProcess(string name, string wav)
    {
        Ainim.Result result = Ainim.Run(Command(name, wav));
        Assert.True(result.ExitCode == 0, result.Error);
        return File.ReadAllLines(_folder[name + ".txt"]);
    }

    private string[] Command(string name, string wav) => ["render", wav, "-o", _folder[name + ".mp4"], "--size", Size, "--hashes", _folder[name + ".txt"]];
}
