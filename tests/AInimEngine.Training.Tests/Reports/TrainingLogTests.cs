using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Tests.Reports;

/// <summary>The log survives what happens to files.</summary>
public sealed class TrainingLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-log-").FullName;

    private string LogPath => Path.Combine(_folder, "log.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ALineComesBackWithEveryValue()
    {
        TrainingRecord line = Logs.Line(100, Logs.Quality(60.123456789)) with { Creative = 2.07, R1 = double.NaN };
        TrainingLog.Create(LogPath).Append(line);
        TrainingRecord back = Assert.Single(TrainingLog.Read(LogPath));
        Assert.Equal(line with { Quality = null }, back with { Quality = null });
        Assert.Equal(line.Quality!.Swd, back.Quality!.Swd);
        Assert.Equal(line.Quality.Floor, back.Quality.Floor);
        Assert.Equal(line.Quality.Nearest, back.Quality.Nearest);
        Assert.Equal(line.Quality with { Swd = [], Floor = [], Nearest = [] }, back.Quality with { Swd = [], Floor = [], Nearest = [] });
    }

    [Fact]
    public void ALogTornAtAnyByteIsReadUpToItsLastWholeLine()
    {
        TrainingLog log = TrainingLog.Create(LogPath);
        foreach (TrainingRecord line in (TrainingRecord[])[Logs.Line(100), Logs.Line(200, Logs.Quality(70)), Logs.Line(300)])
            log.Append(line);
        byte[] whole = File.ReadAllBytes(LogPath);
        for (int length = 0; length <= whole.Length; length++)
        {
            int lines = whole.AsSpan(0, length).Count((byte)'\n');
            Assert.Equal(log.Records.Take(lines).Select(record => record.Step), TrainingLog.Parse(whole.AsMemory(0, length)).Select(record => record.Step));
        }
    }

    [Fact]
    public void ATornLogGoesOnAsIfTheTornLineHadNotBegun()
    {
        TrainingLog log = TrainingLog.Create(LogPath);
        log.Append(Logs.Line(100));
        log.Append(Logs.Line(200));
        using (FileStream file = new(LogPath, FileMode.Open))
            file.SetLength(file.Length - 20);
        TrainingLog resumed = TrainingLog.Resume(LogPath, 150);
        resumed.Append(Logs.Line(200));
        resumed.Append(Logs.Line(300));
        Assert.Equal([100, 200, 300], TrainingLog.Read(LogPath).Select(record => record.Step));
        Assert.Equal(300, resumed.Last!.Step);
    }

    [Fact]
    public void WhatLiesAfterTheCheckpointIsMadeAgain()
    {
        TrainingLog log = TrainingLog.Create(LogPath);
        for (int step = 100; step <= 500; step += 100)
            log.Append(Logs.Line(step));
        Assert.Equal([100, 200, 300], TrainingLog.Resume(LogPath, 300).Records.Select(record => record.Step));
        Assert.Equal(3, TrainingLog.Read(LogPath).Count);
        Assert.Empty(TrainingLog.Resume(Path.Combine(_folder, "none.jsonl"), 300).Records);
    }

    [Fact]
    public void ALineThatIsNoneOfOursEndsTheLog()
    {
        string good = Encoding.UTF8.GetString(TrainingRecordJson.Write(Logs.Line(100)));
        foreach (string bad in (string[])["{}", "[1]", "null", "\0\0\0", "{\"step\":\"x\"}", good, new string('[', 100)])
            Assert.Single(TrainingLog.Parse(Encoding.UTF8.GetBytes($"{good}\n{bad}\n{good.Replace("100", "300", StringComparison.Ordinal)}\n")));
    }

    [Fact]
    public void AStepThatDoesNotFollowIsRefused()
    {
        TrainingLog log = TrainingLog.Create(LogPath);
        log.Append(Logs.Line(100));
        Assert.Throws<ArgumentException>(() => log.Append(Logs.Line(100)));
    }

    [Fact]
    public void AFolderThatIsNotThereIsSaidInOneLine()
    {
        AInimException error = Assert.Throws<AInimException>(() => TrainingLog.Create(Path.Combine(_folder, "none", "log.jsonl")));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
    }
}
