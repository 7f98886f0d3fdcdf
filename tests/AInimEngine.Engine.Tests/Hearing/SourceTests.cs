using System.Text.RegularExpressions;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Music;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Hearing;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Hearing;

/// <summary>What presets can listen to beside the features.</summary>
[Collection(Pictures.One)]
public sealed class SourceTests(Tracks tracks) : IDisposable
{
    private const string Preset = """
        { "version": 1, "name": "x", "modulations": [
          { "source": "bar.sine", "target": "latent.mid", "max": 0.2 },
          { "source": "stem.drums.onset.low", "target": "latent.fine", "max": 0.2 },
          { "source": "midi.lead.pulse", "target": "latent.coarse", "max": 0.2 } ] }
        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APresetCanNameStemsAndPartsThatAreNotGiven()
    {
        File.WriteAllText(_folder["x.json"], Preset);
        using Scene scene = Scene.Load(_folder["x.json"], 64, 36, null);
        Assert.Equal(["drums"], scene.Sources.Stems);
        Assert.Equal(["lead"], scene.Sources.Parts);
        scene.CreateMapper();
    }

    [Fact]
    public void AFeatureThatNoStemHasIsRefusedWithThoseThatAreNear()
    {
        File.WriteAllText(_folder["x.json"], Preset.Replace("onset.low", "onset.lwo", StringComparison.Ordinal));
        AInimException error = Assert.Throws<AInimException>(() => Scene.Load(_folder["x.json"], 64, 36, null));
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("'stem.drums.onset.low'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePatternsFitEverySourceOfStemsAndParts()
    {
        var layout = new SourceLayout(["drums"], ["1", "lead-synth"]);
        string[] names = [.. layout.Layout.Fields.Select(field => field.Name).Where(name => name.StartsWith("stem.", StringComparison.Ordinal) || name.StartsWith("midi.", StringComparison.Ordinal))];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains(SourceLayout.Patterns, pattern => Regex.IsMatch(name, pattern.Pattern)));
        Assert.DoesNotContain(SourceLayout.Patterns, pattern => Regex.IsMatch("stem.drums.nothing", pattern.Pattern));
    }

    [Theory]
    [InlineData("drums", true)]
    [InlineData("lead_2-b", true)]
    [InlineData("Drums", false)]
    [InlineData("2nd", false)]
    [InlineData("a.b", false)]
    [InlineData("", false)]
    public void StemsHavePlainNames(string name, bool isGood) => Assert.Equal(isGood, SourceLayout.IsStemName(name));

    [Fact]
    public void AStemReadsWhatTheTrackWouldReadAndOthersAreSilent()
    {
        var layout = new SourceLayout(["drums", "bass"], []);
        RenderRange range = Range();
        var stems = new Dictionary<string, HeardTrack> { ["drums"] = tracks.TheTune.Heard };
        using SoundSources sources = SoundSources.Open(range, layout, tracks.TheTune.Heard, stems);
        var frame = new FeatureFrame(layout.Layout);
        for (int i = 0; i < 40; i++)
        {
            sources.Read(frame);
            ReadOnlySpan<float> own = frame.Values.AsSpan(0, FeatureTable.RawOffset);
            Assert.Equal(["bass", "drums"], layout.Stems);
            Assert.True(own.SequenceEqual(frame.Values.AsSpan(SourceLayout.StemOffset(1), FeatureTable.RawOffset)));
            Assert.Equal(-1, frame.Values.AsSpan(SourceLayout.StemOffset(0), FeatureTable.RawOffset).IndexOfAnyExcept(0f));
        }
    }

    [Fact]
    public void ASavedStateGoesOnWithTheSameFrames()
    {
        var layout = new SourceLayout(["drums"], []);
        var stems = new Dictionary<string, HeardTrack> { ["drums"] = tracks.FlawedTune.Heard }; // ends before the track
        float[][] frames = new float[120][];
        byte[] state = [];
        using (SoundSources sources = SoundSources.Open(Range(), layout, tracks.TheTune.Heard, stems))
        {
            for (int i = 0; i < frames.Length; i++)
            {
                if (i == 77)
                    state = Save(sources);
                frames[i] = Next(sources, layout);
            }
        }
        using SoundSources again = SoundSources.Open(Range(), layout, tracks.TheTune.Heard, stems);
        using var stream = new MemoryStream(state);
        again.Restore(new StateReader(stream));
        for (int i = 77; i < frames.Length; i++)
            Assert.Equal(frames[i], Next(again, layout));
    }

    [Fact]
    public void ReadingAllocatesNothing()
    {
        var layout = new SourceLayout(["drums"], []);
        var stems = new Dictionary<string, HeardTrack> { ["drums"] = tracks.TheTune.Heard };
        using SoundSources sources = SoundSources.Open(Range(), layout, tracks.TheTune.Heard, stems);
        var frame = new FeatureFrame(layout.Layout);
        for (int i = 0; i < 20; i++)
            sources.Read(frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 60; i++)
            sources.Read(frame);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TheMusicIsThatOfTheFramesOwnSamples()
    {
        RenderRange range = Range(syncMilliseconds: 40);
        using SoundSources sources = SoundSources.Open(range, SourceLayout.Plain, tracks.TheTune.Heard);
        var clock = new MusicClock(tracks.TheTune.Heard.Analysis);
        var frame = new FeatureFrame(SourceLayout.Plain.Layout);
        var music = new float[MusicTable.Layout.Size];
        for (int i = 0; i < 60; i++)
        {
            sources.Read(frame);
            Assert.Equal(i * 1600L - 1920, frame.FirstSample);
            clock.Fill(frame.FirstSample, frame.SampleCount, music);
            Assert.True(music.AsSpan().SequenceEqual(frame.Values.AsSpan(SourceLayout.MusicOffset)));
        }
    }

    private RenderRange Range(double syncMilliseconds = 0) => RenderRange.Of(
        new RenderRequest { Input = tracks.TheTune.Path, Output = "none.mkv", Fps = new Rational(30, 1), SyncOffsetMilliseconds = syncMilliseconds }, tracks.TheTune.Heard.SampleCount);

    private static float[] Next(SoundSources sources, SourceLayout layout)
    {
        var frame = new FeatureFrame(layout.Layout);
        sources.Read(frame);
        return frame.Values;
    }

    private static byte[] Save(SoundSources sources)
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        sources.Save(writer);
        writer.Flush();
        return stream.ToArray();
    }
}
