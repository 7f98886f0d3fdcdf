using AInimEngine.Core.Errors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

public sealed class CacheTests : IDisposable
{
    private readonly PictureFolder _folder = new();
    private string? _mounted;

    public void Dispose()
    {
        if (_mounted is not null)
            PictureFolder.Run("umount", _mounted);
        _folder.Dispose();
    }

    [Fact]
    public void TheSecondTimeTheSetIsThereAndTheSame()
    {
        _folder.Fill(12);
        using TrainingData first = _folder.Build(16);
        Assert.False(first.Report.FromCache);
        // Found again where the folder moved and dates changed: the content counts.
        string moved = _folder.Pictures + "-moved";
        Directory.Move(_folder.Pictures, moved);
        File.SetLastWriteTimeUtc(Path.Combine(moved, "z00.png"), DateTime.UnixEpoch);
        using TrainingData second = _folder.Build(16, s => s with { Path = moved });
        Assert.True(second.Report.FromCache);
        Assert.Equal(first.Set.Hash, second.Set.Hash);
        Assert.Equivalent(first.Report with { FromCache = true }, second.Report, strict: true);
        for (int i = 0; i < 12; i++)
            Assert.True(first.Set.Pixels(i).SequenceEqual(second.Set.Pixels(i)));
    }

    [Fact]
    public void WhatCannotBeUsedIsRememberedWithItsReason()
    {
        _folder.Fill(12);
        _folder.Write("broken.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. new byte[10]]);
        using TrainingData first = _folder.Build(16);
        using TrainingData second = _folder.Build(16);
        Assert.True(second.Report.FromCache);
        SkippedFile skipped = Assert.Single(second.Report.Skipped);
        Assert.Equal("broken.jpg", skipped.Name);
        Assert.Equal(first.Report.Skipped, second.Report.Skipped);
    }

    [Fact]
    public void ProgressCountsEveryFileOnce()
    {
        _folder.Fill(60);
        _folder.Write("broken.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. new byte[10]]);
        var told = new Told();
        using TrainingData data = new TrainingSetBuilder(_folder.Cache).Build(new DataSettings(_folder.Pictures, 16), told, TestContext.Current.CancellationToken);
        long[] read = [.. told.All.Where(p => p.Stage == DataStage.Reading).Select(p => p.Done)];
        Assert.All(told.All.Where(p => p.Stage == DataStage.Reading), p => Assert.Equal(61, p.Total));
        Assert.Equal(61, read.Max());
        Assert.Equal(read.Length, read.Distinct().Count());
        Assert.Equal(DataStage.Looking, told.All.First().Stage);
        Assert.Equal(DataStage.Sorting, told.All.Last().Stage);
    }

    private sealed class Told : IProgress<DataProgress>
    {
        public System.Collections.Concurrent.ConcurrentQueue<DataProgress> All { get; } = new();

        public void Report(DataProgress value) => All.Enqueue(value);
    }

    [Fact]
    public void AnotherPictureOrAnotherSettingMakesAnotherSet()
    {
        _folder.Fill(12);
        using TrainingData first = _folder.Build(16);
        using TrainingData smart = _folder.Build(16, s => s with { Crop = CropMode.Smart });
        Assert.False(smart.Report.FromCache);
        Assert.Equal(first.Set.Hash, smart.Set.Hash); // square pictures have one square
        _folder.Write("z03.png", PictureFolder.Noise(32, 99, 1));
        using TrainingData changed = _folder.Build(16);
        Assert.False(changed.Report.FromCache);
        Assert.NotEqual(first.Set.Hash, changed.Set.Hash);
    }

    [Theory]
    [InlineData(3)] // the magic
    [InlineData(17)] // the count
    [InlineData(5000)] // a pixel
    [InlineData(-10)] // the description
    public void ABrokenSetIsMadeAnew(int at)
    {
        _folder.Fill(12);
        string hash;
        using (TrainingData first = _folder.Build(16))
            hash = first.Set.Hash;
        string file = Assert.Single(Directory.GetFiles(_folder.Cache));
        byte[] bytes = File.ReadAllBytes(file);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x10;
        File.WriteAllBytes(file, bytes);
        using TrainingData again = _folder.Build(16);
        Assert.False(again.Report.FromCache);
        Assert.Equal(hash, again.Set.Hash);
    }

    [Fact]
    public void ASetThatIsCutOffIsMadeAnew()
    {
        _folder.Fill(12);
        _folder.Build(16).Dispose();
        string file = Assert.Single(Directory.GetFiles(_folder.Cache));
        byte[] bytes = File.ReadAllBytes(file);
        foreach (int length in (int[])[100, bytes.Length - 1])
        {
            File.WriteAllBytes(file, bytes[..length]);
            using TrainingData again = _folder.Build(16);
            Assert.False(again.Report.FromCache);
            Assert.Equal(bytes, File.ReadAllBytes(file));
        }
    }

    [Fact]
    public void AFullDiskIsSaidBeforeTheWork()
    {
        _folder.Fill(12);
        Directory.CreateDirectory(_folder.Cache);
        if (!OperatingSystem.IsLinux() || !PictureFolder.Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", _folder.Cache))
            Assert.Skip("a small disk cannot be mounted here (needs root on Linux)");
        _mounted = _folder.Cache;
        AInimException error = Assert.Throws<AInimException>(() => _folder.Build(256));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains("XDG_CACHE_HOME", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Cache));
    }

    [Fact]
    public void AFileWhereTheFolderShouldBeIsSaid()
    {
        _folder.Fill(12);
        File.WriteAllText(_folder.Cache, "not a folder");
        AInimException error = Assert.Throws<AInimException>(() => _folder.Build(16));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
    }
}
