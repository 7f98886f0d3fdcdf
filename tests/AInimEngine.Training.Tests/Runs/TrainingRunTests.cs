using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Data;
using AInimEngine.Training.Networks;
using AInimEngine.Training.Runs;

namespace AInimEngine.Training.Tests.Runs;

/// <summary>Whole runs at 16 pixels.</summary>
public sealed class TrainingRunTests : NativeTensorTest, IDisposable
{
    private readonly RunScratch _scratch = new();

    void IDisposable.Dispose()
    {
        _scratch.Dispose();
        Dispose();
    }

    [Fact]
    public async Task AStoppedRunGoesOnAsIfItHadNotBeen()
    {
        await RunAsync(_scratch.Request("whole"));
        TrainingResult stopped = await RunAsync(_scratch.Request("parts"), stopAtKimg: 0.4);
        Assert.True(stopped.IsStopped);
        Assert.InRange(stopped.Kimg, 0.4, 1.2);
        Assert.Equal(16, ModelFile.Open(stopped.Output).Card.Resolution);

        TrainingResult finished = await RunAsync(_scratch.Request("parts"));
        Assert.False(finished.IsStopped);
        Assert.Equal(1.28, finished.Kimg, 6);
        string[] whole = _scratch.Log("whole"), parts = _scratch.Log("parts");
        Assert.Equal(4, whole.Length);
        Assert.Equal(whole.Select(Computed), parts.Select(Computed));
    }

    [Fact]
    public void AnotherBackdropIsAnotherRunAndAnotherSet()
    {
        TrainingRequest black = _scratch.Request("paper"), white = black with { Backdrop = Backdrop.White };
        var run = new RunDescription { Request = black, Settings = new TrainingSettings(), DataHash = "", DataCount = 12, MeasureSteps = 1, MeasurePictures = 1 };
        Assert.Empty(run.Differences(black));
        Assert.Equal(["--backdrop"], run.Differences(white));
        // The set says how it was made by its name in the cache.
        foreach (TrainingRequest request in (TrainingRequest[])[black, white])
        {
            using TrainingSet set = RunPictures.Open(request, 16, false, _scratch, _ => { }, TestContext.Current.CancellationToken).Set;
        }
        Assert.Equal(2, Directory.GetFiles(black.CacheFolder, "*.set").Length);
    }

    [Fact]
    public async Task WhatItMakesPlaysAndTellsHowItWasMade()
    {
        TrainingResult result = await RunAsync(_scratch.Request("made") with { Licence = "CC0" });
        ModelCard card = ModelFile.ReadCard(result.Output);
        Assert.Equal("CC0", card.Licence);
        ModelTraining training = Assert.IsType<ModelTraining>(card.Training);
        Assert.Equal(12, training.Pictures);
        Assert.Equal(result.Best!.Kimg, training.Kimg);
        Assert.Equal("64", training.Settings["Width"]);
        Assert.Equal(result.Best.Distance, training.Metrics["swd"], 0.006);
        Assert.True(new FileInfo(_scratch["made.training/walk.mp4"]).Length > 1000);
        Assert.Contains("Finished", await File.ReadAllTextAsync(result.Report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(_scratch["made.training/sheets"], "*.png").Length);
    }

    [Fact]
    public async Task AFinishedRunTrainsOnOrStartsOverOnlyWhenTold()
    {
        await RunAsync(_scratch.Request("done", 0.32));
        AInimException error = Assert.Throws<AInimException>(() => _scratch.Open(_scratch.Request("done", 0.32)));
        Assert.Contains("is finished", error.Message, StringComparison.Ordinal);

        using (TrainingRun longer = _scratch.Open(_scratch.Request("done", 0.64)))
            Assert.Equal(0.32, longer.Plan.DoneKimg);
        using (TrainingRun anew = _scratch.Open(_scratch.Request("done", 0.32) with { Overwrite = true }))
            Assert.Equal(0, anew.Plan.DoneKimg);
    }

    [Fact]
    public async Task ARunThatCouldNotWriteItsWalkIsNotFinished()
    {
        await RunAsync(_scratch.Request("again", 0.32));
        byte[] first = await File.ReadAllBytesAsync(_scratch["again.safetensors"], TestContext.Current.CancellationToken);
        string walk = _scratch["again.training/walk.mp4"];
        File.Delete(walk);
        Directory.CreateDirectory(walk);
        TrainingRequest longer = _scratch.Request("again", 0.64);
        AInimException error = await Assert.ThrowsAsync<AInimException>(() => RunAsync(longer));
        Assert.Contains("the same command to continue", error.Message, StringComparison.Ordinal);

        Directory.Delete(walk);
        TrainingResult result = await RunAsync(longer);
        Assert.Equal(0.64, result.Kimg, 6);
        Assert.True(File.Exists(walk));
        Assert.NotEqual(first, await File.ReadAllBytesAsync(_scratch["again.safetensors"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AModelsOwnArchitectureDecidesItsSettings()
    {
        ModelCard card = InitialWeights.Card(new TrainingSettings { Resolution = 16, Width = 64, MostChannels = 16, Architecture = ModelArchitecture.Sg2 }, []);
        ModelFile.Save(ModelFactory.Random(card with { Licence = "CC BY" }, 3), _scratch["sg2.safetensors"]);
        using TrainingRun run = _scratch.Open(_scratch.Request("tuned", 0.016) with { From = _scratch["sg2.safetensors"], Size = null, Width = null });
        Assert.Equal((ModelArchitecture.Sg2, 0.9, 0.001), (run.Plan.Settings.Architecture, run.Plan.Settings.StyleMixing, run.Plan.Settings.GeneratorRate));
    }

    [Theory]
    [InlineData(743, 64, 700)]
    [InlineData(100, 64, 100)]
    [InlineData(12, 64, 64)]
    [InlineData(743, 1024, 64)]
    public void AMeasureTakesAsManyPicturesAsThereAreWithinMemory(int count, int resolution, int expected) =>
        Assert.Equal(expected, TrainingOpening.MeasuredPictures(count, resolution));

    [Fact]
    public async Task OtherDialsAreRefusedByName()
    {
        await RunAsync(_scratch.Request("one", 0.32));
        TrainingRequest other = _scratch.Request("one", 0.64) with { Seed = 5, Mirror = false };
        AInimException error = Assert.Throws<AInimException>(() => _scratch.Open(other));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains("other: --no-mirror, --seed)", error.Message, StringComparison.Ordinal);

        using TrainingRun anew = _scratch.Open(other with { Overwrite = true });
        Assert.Equal(5UL, anew.Plan.Settings.Seed);
        Assert.Equal(0, anew.Plan.DoneKimg);
    }

    [Fact]
    public async Task OtherPicturesAreRefused()
    {
        await RunAsync(_scratch.Request("data", 0.32));
        RunScratch.Picture(99, _scratch["pictures/more.png"]);
        AInimException error = Assert.Throws<AInimException>(() => _scratch.Open(_scratch.Request("data", 0.64)));
        Assert.Contains("(12 then, 13 now)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoProcessesCannotTrainOneModel()
    {
        using TrainingRun first = _scratch.Open(_scratch.Request("held"));
        AInimException error = Assert.Throws<AInimException>(() => _scratch.Open(_scratch.Request("held")));
        Assert.Contains("another ainim is training", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FineTuningBeginsAsTheModelAndLeavesIt()
    {
        TrainingResult parent = await RunAsync(_scratch.Request("parent", 0.32) with { Licence = "CC0" });
        byte[] before = await File.ReadAllBytesAsync(parent.Output, TestContext.Current.CancellationToken);
        TrainingRequest request = _scratch.Request("child", 0.32) with { From = parent.Output, Size = null, Width = null };
        using (TrainingRun child = _scratch.Open(request))
        {
            Assert.Equal(16, child.Plan.Settings.Resolution);
            Assert.Equal((0.0001, null), (child.Plan.Settings.GeneratorRate, child.Plan.Settings.GeneratorRateEnd));
            Assert.True(child.Plan.Settings.FrozenBlocks > 0);
        }
        TrainingResult tuned = await RunAsync(request);
        Assert.Equal("parent", ModelFile.ReadCard(tuned.Output).Training?.From);
        Assert.Equal("CC0", ModelFile.ReadCard(tuned.Output).Licence);
        Assert.Equal(before, await File.ReadAllBytesAsync(parent.Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AModelGrowsToTwiceItsSize()
    {
        TrainingResult parent = await RunAsync(_scratch.Request("small", 0.32) with { Width = 256 });
        TrainingResult grown = await RunAsync(_scratch.Request("large", 0.16) with { From = parent.Output, Grow = true, Size = null, Width = null, MeasureKimg = 0.16 });
        ModelCard card = ModelFile.ReadCard(grown.Output);
        Assert.Equal(32, card.Resolution);
        Assert.Equal([64, 32, 16, 8], card.Channels);
    }

    [Fact]
    public async Task TimeIsCountedOverAllSittings()
    {
        TrainingRequest request = _scratch.Request("timed") with { Kimg = null, Minutes = 1 };
        var clock = new SteppingClock(TimeSpan.FromSeconds(0.25));
        TrainingResult first = await RunAsync(request, stopAtKimg: 0.3, clock);
        Assert.True(first.IsStopped);
        TrainingResult second = await RunAsync(request, clock: clock);
        Assert.False(second.IsStopped);
        Assert.InRange(second.Seconds, 60, 75);
        Assert.True(first.Seconds is > 0 and < 60);
    }

    // What a line of the log says apart from times and memory.
    private static string Computed(string line) => string.Join(
        ", ", JsonDocument.Parse(line).RootElement.EnumerateObject().Where(entry => entry.Name is not ("seconds" or "pictures_per_second" or "memory_bytes")).Select(entry => entry.ToString()));

    private async Task<TrainingResult> RunAsync(TrainingRequest request, double stopAtKimg = double.PositiveInfinity, TimeProvider? clock = null)
    {
        using TrainingRun run = _scratch.Open(request, clock ?? TimeProvider.System);
        using var stop = new CancellationTokenSource();
        Task<TrainingResult> running = run.RunAsync(stop.Token);
        while (!running.IsCompleted && run.Progress.Kimg < stopAtKimg)
            await Task.WhenAny(running, Task.Delay(5, TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        return await running;
    }

    /// <summary>Every look at it is a little later.</summary>
    private sealed class SteppingClock(TimeSpan step) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _now, step.Ticks);
    }
}
