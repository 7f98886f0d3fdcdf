using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Offline;

/// <summary>Producer and painter together, without threads and encoder.</summary>
[Collection(Pictures.One)]
public sealed class FramePathTests(Tracks tracks)
{
    private const int Width = 96, Height = 54;

    public static TheoryData<string> Presets => [.. Scene.Presets().List().Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Presets))]
    public void AFrameAllocatesNothingOnceWarm(string preset)
    {
        using var path = new FramePath(preset, tracks.TheTune, Width, Height);
        for (int i = 0; i < 20; i++)
            path.Next();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 60; i++)
            path.Next();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("aurora")]
    [InlineData("mandala")]
    public void AStateRestoredIntoNewStagesGivesTheSameFrames(string preset)
    {
        const int count = 40;
        int[] stops = [0, 1, 7, 25];
        var states = new byte[count][];
        var frames = new byte[count][];
        using (var whole = new FramePath(preset, tracks.TheTune, Width, Height))
            for (int k = 0; k < count; k++)
            {
                states[k] = whole.Save();
                frames[k] = whole.Next().ToArray();
            }
        foreach (int stop in stops)
        {
            using var resumed = new FramePath(preset, tracks.TheTune, Width, Height);
            resumed.Restore(states[stop]);
            for (int k = stop; k < Math.Min(count, stop + 15); k++)
                Assert.True(resumed.Next().SequenceEqual(frames[k]), $"frame {k}, restored before {stop}");
        }
    }

    [Fact]
    public void SavingDoesNotDisturbTheFrames()
    {
        byte[][] undisturbed = Film.Render("aurora", tracks.TheTune, Width, Height, 10, 30).Frames;
        using var path = new FramePath("aurora", tracks.TheTune, Width, Height);
        for (int k = 0; k < undisturbed.Length; k++)
        {
            path.Save();
            Assert.True(path.Next().SequenceEqual(undisturbed[k]), $"frame {k}");
        }
    }

    [Fact]
    public void TheStateHoldsTheTrails()
    {
        using var whole = new FramePath("aurora", tracks.TheTune, Width, Height);
        byte[] fresh = whole.Save();
        whole.Take(20);
        byte[] later = whole.Save();
        Assert.NotEqual(fresh, later);
        Assert.True(later.Length > Width * Height * 8, "a kept picture of 8 bytes a pixel");
    }

    [Fact]
    public void AStateOfAnotherSizeIsRefused()
    {
        byte[] state;
        using (var aurora = new FramePath("aurora", tracks.TheTune, Width, Height))
        {
            aurora.Take(3);
            state = aurora.Save();
        }
        using var larger = new FramePath("aurora", tracks.TheTune, 128, 72);
        Assert.Throws<InvalidDataException>(() => larger.Restore(state));
    }

    [Fact]
    public void AfterTheLastSampleFramesGoOnToTheFrameCount()
    {
        // Windows reach beyond the last sample, into silence.
        using var path = new FramePath("drift", tracks.FlawedTune, Width, Height);
        Assert.Equal(48, path.Take(48).Select(frame => new Look(frame, Width, Height).Mean).Count(mean => mean > 12));
    }
}
