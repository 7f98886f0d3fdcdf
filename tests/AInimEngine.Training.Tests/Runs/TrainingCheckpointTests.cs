using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Runs;

namespace AInimEngine.Training.Tests.Runs;

public sealed class TrainingCheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-checkpoint-").FullName;
    private bool _isMounted;

    public void Dispose()
    {
        if (_isMounted)
            Run("umount", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void TheNewestGenerationIsRead()
    {
        using RunFolder folder = Open();
        Assert.Null(TrainingCheckpoint.Read(folder, out _));
        Checkpoint(1).Write(folder);
        Checkpoint(2).Write(folder);
        TrainingCheckpoint read = TrainingCheckpoint.Read(folder, out string? note)!;
        Assert.Null(note);
        Assert.Equal(Checkpoint(2).State, read.State);
        Assert.Equal(Checkpoint(2).Arrays["weights"].Data.ToArray(), read.Arrays["weights"].Data.ToArray());
        Assert.Equal(Neural.ScalarType.Int64, read.Arrays["step"].Type);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void AnAlteredByteAnywhereIsFoundAndTheGenerationBeforeIsRead(double place)
    {
        using RunFolder folder = Open();
        Checkpoint(1).Write(folder);
        Checkpoint(2).Write(folder);
        byte[] bytes = File.ReadAllBytes(folder.CheckpointPath);
        bytes[(int)(place * (bytes.Length - 1))] ^= 4;
        File.WriteAllBytes(folder.CheckpointPath, bytes);
        TrainingCheckpoint read = TrainingCheckpoint.Read(folder, out string? note)!;
        Assert.Equal(1, read.State.Step);
        Assert.Contains("going on from the one before", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(1000)]
    public void ACutOffFileIsFound(int length)
    {
        using RunFolder folder = Open();
        Checkpoint(1).Write(folder);
        Checkpoint(2).Write(folder);
        using (FileStream file = File.OpenWrite(folder.CheckpointPath))
            file.SetLength(length);
        Assert.Equal(1, TrainingCheckpoint.Read(folder, out string? note)!.State.Step);
        Assert.NotNull(note);
    }

    [Fact]
    public void BetweenTheTwoRenamesTheGenerationBeforeIsThere()
    {
        using RunFolder folder = Open();
        Checkpoint(1).Write(folder);
        File.Move(folder.CheckpointPath, folder.EarlierCheckpointPath);
        Assert.Equal(1, TrainingCheckpoint.Read(folder, out _)!.State.Step);
    }

    [Fact]
    public void WithoutAWholeGenerationItIsRefused()
    {
        using RunFolder folder = Open();
        Checkpoint(1).Write(folder);
        File.WriteAllText(folder.CheckpointPath, "no checkpoint");
        AInimException error = Assert.Throws<AInimException>(() => TrainingCheckpoint.Read(folder, out _));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains("--overwrite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnAFullDiskTheLastCheckpointStays()
    {
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", _folder))
            Assert.Skip("a small disk cannot be mounted here (needs root on Linux)");
        _isMounted = true;
        using RunFolder folder = Open();
        Checkpoint(1).Write(folder);
        AInimException error = Assert.Throws<AInimException>(() =>
        {
            for (int step = 2; step < 9; step++)
                Checkpoint(step, 6000).Write(folder);
        });
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.NotNull(TrainingCheckpoint.Read(folder, out string? note));
        Assert.Null(note);
        Assert.Empty(Directory.GetFiles(folder.FullPath, "*.part"));
    }

    private RunFolder Open() => RunFolder.Open(Path.Combine(_folder, "model.safetensors"));

    private static TrainingCheckpoint Checkpoint(long step, int size = 500)
    {
        float[] values = [.. Enumerable.Range(0, size).Select(i => (float)(i * step))];
        WeightArray[] arrays = [WeightArray.From("weights", values, [size]), new("step", Neural.ScalarType.Int64, [], BitConverter.GetBytes(step))];
        return new TrainingCheckpoint(
            arrays.ToDictionary(array => array.Name),
            new RunState { Step = step, ImagesSeen = step * 16, Seconds = 1.5, Losses = new LossSums { Steps = 1, Generator = 0.1 + step }, Best = new BestSnapshot(1, 2, double.NaN, 0.9, 0.8, true) });
    }

    private static bool Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
