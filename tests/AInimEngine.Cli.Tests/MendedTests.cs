using System.Text;
using System.Text.Json;

namespace AInimEngine.Cli.Tests;

/// <summary>Sound that is odd or damaged is rendered, with a warning where something was mended.</summary>
public sealed class MendedTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnMp3CutOffInTheMiddle()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(4));
        Ffmpeg.Run("-i", wav, "-c:a", "libmp3lame", _folder["whole.mp3"]);
        byte[] bytes = File.ReadAllBytes(_folder["whole.mp3"]);
        File.WriteAllBytes(_folder["cut.mp3"], bytes[..(bytes.Length / 2 + 100)]);
        Assert.Contains("damaged", Renders("cut.mp3", 1.5, 2.5));
    }

    [Fact]
    public void EightKilohertzMono()
    {
        TestSound.WriteWav(_folder["low.wav"], TestSound.Tune(1), channels: 1, rate: 8000);
        Renders("low.wav", 5.9, 6.1);
    }

    [Fact]
    public void SevenPointOneChannels()
    {
        TestSound.WriteWav(_folder["many.wav"], TestSound.Tune(1), channels: 8);
        Renders("many.wav", 0.95, 1.05);
    }

    [Fact]
    public void NanAndInfiniteSamplesBecomeSilenceAndAreCounted()
    {
        float[] tune = TestSound.Tune(2);
        for (int i = 30_000; i < 30_100; i++)
            tune[i] = i % 2 == 0 ? float.NaN : float.PositiveInfinity;
        TestSound.WriteWav(_folder["bad.wav"], tune);
        string warnings = Renders("bad.wav", 1.95, 2.05);
        Assert.Contains("100 samples", warnings);

        float[] sound = Ffmpeg.Sound(_folder["bad.wav.mp4"]);
        Assert.All(sound, sample => Assert.True(float.IsFinite(sample) && MathF.Abs(sample) < 1.2f));
    }

    [Theory]
    [InlineData("-x.wav")]
    [InlineData("%d.wav")]
    [InlineData("it's \"quoted\".wav")]
    [InlineData("two  spaces.wav")]
    [InlineData("concat:a.wav|b.wav")]
    [InlineData("@list.wav")]
    [InlineData("ünïcödé 🎵.wav")]
    public void NamesThatLookLikeSomethingElse(string name)
    {
        TestSound.WriteWav(_folder[name], TestSound.Tune(0.5));

        // Relative, as a person in that folder would type it; the output's name is as odd as the input's. Only what is no
        // ASCII could be changed on its way into a process.
        string[] command = ["render", name, "-o", name + ".mp4", "--size", "160x90"];
        Ainim.Result result = Ascii.IsValid(name) ? AinimHere.RunIn(_folder.Path, command) : Ainim.Run(command, null, _folder.Path);
        Assert.True(result.ExitCode == 0, $"exit {result.ExitCode}: {result.Error}");
        Assert.Equal("15", Ffmpeg.Stream(Ffmpeg.Probe(_folder[name + ".mp4"]), "video").GetProperty("nb_read_frames").GetString());
    }

    [Fact]
    public void TheSoundOfAVideo()
    {
        Ffmpeg.Run("-f", "lavfi", "-i", "testsrc=size=64x64:duration=1", "-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", _folder["film.mp4"]);
        Renders("film.mp4", 0.95, 1.1);
    }

    private string Renders(string name, double shortest, double longest)
    {
        Ainim.Result result = AinimHere.Run("render", _folder[name], "-o", _folder[name + ".mp4"], "--size", "160x90");
        Assert.True(result.ExitCode == 0, $"exit {result.ExitCode}: {result.Error}");
        JsonElement probe = Ffmpeg.Probe(_folder[name + ".mp4"]);
        int frames = int.Parse(Ffmpeg.Stream(probe, "video").GetProperty("nb_read_frames").GetString()!);
        Assert.InRange(frames / 30.0, shortest, longest);
        Assert.Equal("audio", Ffmpeg.Stream(probe, "audio").GetProperty("codec_type").GetString());
        return result.Error;
    }
}
