using System.Diagnostics;
using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Tests;

public sealed class AudioFileTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.wav", 0)]
    [InlineData("a.flac", 0)]
    [InlineData("a.mp3", 0)]
    [InlineData("a.ogg", 0)]
    [InlineData("a.opus", 0)]
    [InlineData("a.m4a", 1024)]
    [InlineData("a.mka", 1024)]
    public void EveryFormatGivesTheSameSecondsAtTheSameTime(string name, int padding)
    {
        string path = _scratch.Clicks(name, 3.0);
        string wav = _scratch.Clicks("truth.wav", 3.0);
        float[] truth = Sound.Left(Sound.ReadAll(wav));
        float[] sound = Sound.Left(Sound.ReadAll(path));
        Assert.Equal(3 * 48000, truth.Length);
        Assert.InRange(sound.Length, truth.Length - 48, truth.Length + padding);
        Assert.InRange(Sound.Lag(truth, sound, 300), -1, 1);
    }

    [Fact]
    public void TheSoundOfAVideoIsDecoded()
    {
        string path = _scratch.Make("v.mp4", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=2", "-f", "lavfi", "-i", "sine=d=2", "-c:v", "libx264", "-c:a", "aac");
        using AudioFile file = AudioFile.Open(path);
        Assert.Equal("aac", file.Stream.Codec);
        Assert.InRange(Sound.ReadRest(file).Length, 2 * 96000, 2 * 96000 + 4096);
    }

    [Fact]
    public void SamplesAtTheNativeRateComeThroughBitForBit()
    {
        float[] truth = WavFile.Sine(333, 0.7, 48000, channels: 2);
        Assert.Equal(truth, Sound.ReadAll(WavFile.Write(_scratch["s.wav"], truth, 2, 48000)));
    }

    [Theory]
    [InlineData(48000)]
    [InlineData(44100)]
    [InlineData(8000)]
    public void MonoIsDoubledAtTheSameLevel(int rate)
    {
        float[] sound = Sound.ReadAll(WavFile.Write(_scratch["mono.wav"], WavFile.Sine(440, 1, rate), 1, rate));
        Assert.Equal(96000, sound.Length);
        for (int i = 0; i < sound.Length; i += 2)
            Assert.Equal(sound[i], sound[i + 1]);
        Assert.Equal(0.5 / Math.Sqrt(2), Sound.Rms(sound.AsSpan(9600, 76800)), 0.002);
    }

    [Fact]
    public void SevenPointOneIsMixedDownWithinFullScale()
    {
        float[] channels = WavFile.Sine(500, 1, 44100, channels: 8, amplitude: 0.95);
        float[] sound = Sound.ReadAll(WavFile.Write(_scratch["8.wav"], channels, 8, 44100));
        Assert.Equal(96000, sound.Length);
        Assert.InRange(sound.Max(), 0.5f, 1.0f);
    }

    [Theory]
    [InlineData(48000, 2)]
    [InlineData(44100, 2)]
    [InlineData(44100, 6)]
    [InlineData(22050, 1)]
    public void BadSamplesBecomeSilenceAndTheirExactNumberIsWarnedOf(int rate, int channels)
    {
        float[] samples = new float[rate * channels];
        Array.Fill(samples, 0.25f);
        float[] clean = (float[])samples.Clone();
        foreach ((int at, float bad) in new[] { (1003, float.NaN), (2010, float.PositiveInfinity), (2011, float.NegativeInfinity), (rate - 1, float.NaN), (5000, 1e30f) })
            (samples[at], clean[at]) = (bad, float.IsFinite(bad) ? 256 : 0);
        var warnings = new Warnings();
        using AudioFile file = AudioFile.Open(WavFile.Write(_scratch["bad.wav"], samples, channels, rate), warnings);
        float[] sound = Sound.ReadRest(file);
        Assert.Equal((4L, 1L), (file.NonFiniteCount, file.ClampedCount));
        Assert.True(file.IsMended);
        Assert.Equal(2, warnings.Lines.Count);
        Assert.Contains("4 samples were NaN or infinite and became 0", warnings.Lines[0], StringComparison.Ordinal);

        // Nothing was smeared: the same as if the file had held zeros.
        Assert.Equal(Sound.ReadAll(WavFile.Write(_scratch["clean.wav"], clean, channels, rate)), sound);
        Assert.All(sound, s => Assert.True(float.IsFinite(s)));
    }

    [Fact]
    public void EveryOpeningWarnsItsOwnSinkOnceHoweverOftenTheSoundIsRead()
    {
        float[] samples = new float[2 * 4800];
        (samples[10], samples[20]) = (float.NaN, 1e30f);
        string path = WavFile.Write(_scratch["bad.wav"], samples, 2, 48000);
        (Warnings first, Warnings second) = (new(), new());
        foreach (Warnings? sink in new[] { first, null, second })
        {
            using AudioFile file = AudioFile.Open(path, sink);
            for (int pass = 0; pass < 3; pass++)
            {
                file.SkipTo(0);
                Sound.ReadRest(file);
                Assert.Equal((1L, 1L, true), (file.NonFiniteCount, file.ClampedCount, file.IsMended));
            }
        }
        Assert.Equal(2, first.Lines.Count);
        Assert.Equal(first.Lines, second.Lines);
        Assert.Equal(2, first.Lines.Distinct().Count());
    }

    [Fact]
    public void ACutMp3GivesItsBeginningAndAWarning()
    {
        string path = _scratch.Clicks("whole.mp3", 20, "-b:a", "128k");
        byte[] bytes = File.ReadAllBytes(path);
        string cut = _scratch["cut.mp3"];
        File.WriteAllBytes(cut, bytes[..(bytes.Length / 2 + 77)]);
        var warnings = new Warnings();
        using AudioFile file = AudioFile.Open(cut, warnings);
        int samples = Sound.ReadRest(file).Length / 2;
        Assert.InRange(samples, 9 * 48000, 11 * 48000);
        Assert.True(file.IsDamaged);
        Assert.Contains("is damaged", Assert.Single(warnings.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flac")]
    [InlineData("wav")]
    [InlineData("ogg")]
    public void OtherCutFilesGiveTheirBeginning(string extension)
    {
        byte[] bytes = File.ReadAllBytes(_scratch.Clicks("whole." + extension, 8));
        string cut = _scratch["cut." + extension];
        File.WriteAllBytes(cut, bytes[..(bytes.Length / 2 + 1)]);
        Assert.InRange(Sound.ReadAll(cut).Length / 2, 2 * 48000, 6 * 48000);
    }

    [Theory]
    [InlineData("a.mp3")]
    [InlineData("a.wav")]
    [InlineData("a.flac")]
    [InlineData("a.m4a")]
    [InlineData("a.ogg")]
    public void WholeFilesRaiseNoWarning(string name)
    {
        var warnings = new Warnings();
        using AudioFile file = AudioFile.Open(_scratch.Clicks(name, 4), warnings);
        Sound.ReadRest(file);
        Assert.True(file.Ended);
        Assert.Empty(warnings.Lines);
        Assert.False(file.IsMended);
    }

    [Fact]
    public void SkippingIsExactInBothDirections()
    {
        using AudioFile file = AudioFile.Open(_scratch.Clicks("s.mp3", 3));
        float[] all = Sound.ReadRest(file);
        float[] part = new float[2000];
        foreach (long start in new long[] { 100_001, 500, 70_000 })
        {
            file.SkipTo(start);
            Assert.Equal(start, file.Position);
            Assert.Equal(1000, file.Read(part));
            Assert.Equal(all.AsSpan((int)start * 2, 2000).ToArray(), part);
        }
        file.SkipTo(10_000_000);
        Assert.Equal(all.Length / 2, file.Position);
        Assert.Equal(0, file.Read(part));
    }

    [Fact]
    public void AScanFindsLengthAndPeak()
    {
        AudioScan scan = AudioFile.Scan(WavFile.Write(_scratch["s.wav"], WavFile.Sine(1000, 1.5, 48000, amplitude: 0.75), 1, 48000));
        Assert.Equal(72000, scan.Length);
        Assert.Equal(0.75f, scan.Peak, 1e-3f);
        Assert.Equal((0L, 0L, false), (scan.NonFiniteCount, scan.ClampedCount, scan.IsMended));
    }

    [Fact]
    public void AKilledDecoderIsAnErrorNotAnEarlyEnd()
    {
        string path = WavFile.Write(_scratch["long.wav"], WavFile.Sine(100, 60, 44100, channels: 2), 2, 44100);
        foreach (int which in new[] { 0, 1 })
        {
            using AudioFile file = AudioFile.Open(path);
            using (Process victim = Process.GetProcessById(file.ProcessIds[which]))
                victim.Kill();
            AInimException error = Assert.Throws<AInimException>(() => Sound.ReadRest(file));
            Assert.Equal(ExitCode.Environment, error.ExitCode);
            Assert.Contains("killed (signal 9)", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void DisposingInTheMiddleEndsThePrograms()
    {
        int[] ids;
        using (AudioFile file = AudioFile.Open(WavFile.Write(_scratch["l.wav"], WavFile.Sine(100, 30, 44100), 1, 44100)))
            ids = file.ProcessIds;
        Assert.Equal(2, ids.Length);
        Assert.All(ids, id => Assert.False(Directory.Exists($"/proc/{id}")));
    }

    [Theory]
    [InlineData(48000)]
    [InlineData(44100)]
    public void ReadingAllocatesNothing(int rate)
    {
        using AudioFile file = AudioFile.Open(WavFile.Write(_scratch["l.wav"], WavFile.Sine(100, 10, rate, channels: 2), 2, rate));
        float[] buffer = new float[2 * 480];
        file.Read(buffer);
        file.SkipTo(48000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
            file.Read(buffer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
