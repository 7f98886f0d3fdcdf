using AInimEngine.Core.Errors;
using AInimEngine.Training.Learning;
using AInimEngine.Training.Runs;

namespace AInimEngine.Training.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ItIsHeldByOne()
    {
        using RunFolder first = RunFolder.Open(Output);
        AInimException error = Assert.Throws<AInimException>(() => RunFolder.Open(Output));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        first.Dispose();
        RunFolder.Open(Output).Dispose();
    }

    [Fact]
    public void WhereNoRunBeganNothingIsLeft()
    {
        RunFolder.Open(Output).Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void ADescriptionComesBackAsItWas()
    {
        using RunFolder folder = RunFolder.Open(Output);
        RunDescription written = Description;
        folder.Write(written);
        Assert.Equal(written, RunFolder.Describe(Output));
    }

    [Fact]
    public void ABrokenDescriptionIsSaid()
    {
        using RunFolder folder = RunFolder.Open(Output);
        File.WriteAllText(Path.Combine(folder.FullPath, "settings.json"), "{ \"Format\": ");
        AInimException error = Assert.Throws<AInimException>(() => RunFolder.Describe(Output));
        Assert.Contains("settings.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyingLeavesWhatIsNotOurs()
    {
        using RunFolder folder = RunFolder.Open(Output);
        folder.Write(Description);
        string[] ours = [folder.CheckpointPath, folder.EarlierCheckpointPath, folder.BestPath, folder.LogPath, folder.ReportPath, folder.WalkPath, Path.Combine(folder.SheetsPath, "0001.00kimg.png")];
        foreach (string path in ours)
            File.WriteAllText(path, "x");
        File.WriteAllText(Path.Combine(folder.FullPath, "notes.txt"), "mine");
        folder.Empty();
        Assert.All(ours, path => Assert.False(File.Exists(path)));
        Assert.True(File.Exists(Path.Combine(folder.FullPath, "notes.txt")));
        Assert.Null(RunFolder.Describe(Output));
    }

    [Fact]
    public void ARunIsFoundByItsModelAndByItsFolder()
    {
        using RunFolder folder = RunFolder.Open(Output);
        Assert.Throws<AInimException>(() => RunFolder.Find(Output));
        folder.Write(Description);
        Assert.Equal(Output, RunFolder.Find(Output));
        Assert.Equal(Output, RunFolder.Find(folder.FullPath));
        Assert.Equal(Output, RunFolder.Find(folder.FullPath + "/"));
    }

    [Fact]
    public void MeansGoOverTheStepsThatHadAValue()
    {
        LossSums sums = LossSums.Empty
            .Add(new StepLosses(0, 1, 2, 0.5, 1, double.NaN), 0.25)
            .Add(new StepLosses(1, 3, 4, double.NaN, 0, double.NaN), 0.5);
        StepLosses mean = sums.Mean(2);
        Assert.Equal((2, 3, 0.5, 0.5), (mean.Generator, mean.Discriminator, mean.R1, mean.RealSign));
        Assert.True(double.IsNaN(mean.Creative));
    }

    [Theory]
    [InlineData(50, true, 60, true, true)]
    [InlineData(60, true, 50, true, false)]
    [InlineData(90, true, 50, false, true)]
    [InlineData(50, false, 90, true, false)]
    [InlineData(50, false, 60, false, true)]
    [InlineData(double.NaN, true, 60, false, false)]
    public void TheNearestSoundSnapshotIsKept(double distance, bool isSound, double otherDistance, bool isOtherSound, bool isBetter) =>
        Assert.Equal(isBetter, new BestSnapshot(1, distance, 20, 1, 1, isSound).IsBetterThan(new BestSnapshot(2, otherDistance, 20, 1, 1, isOtherSound)));

    private string Output => Path.Combine(_folder, "model.safetensors");

    private RunDescription Description => new()
    {
        Request = new TrainingRequest { Data = "pictures", Output = Output, CacheFolder = "cache", Creative = 4, Loss = AdversarialLoss.Relativistic },
        Settings = new TrainingSettings { Resolution = 32, Seed = ulong.MaxValue, Kimg = 0.1 + 0.2 },
        DataHash = "abc",
        DataCount = 12,
        MeasureSteps = 20,
        MeasurePictures = 64,
    };
}
