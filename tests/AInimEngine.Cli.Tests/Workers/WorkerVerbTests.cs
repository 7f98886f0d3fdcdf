using System.Diagnostics;
using System.Globalization;

namespace AInimEngine.Cli.Tests.Workers;

[Collection("workers")]
public sealed class WorkerVerbTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AWorkerEndsWhenItsEngineIsKilled()
    {
        using Process engine = Ainim.Start(["bench", "worker", "--rounds", "1000000"]);
        // "worker 12 of process 34, ready after 56 ms"
        string[] words = engine.StandardOutput.ReadLine()!.Split(' ');
        using Process worker = Process.GetProcessById(int.Parse(words[1], CultureInfo.InvariantCulture));
        Assert.Equal(engine.Id.ToString(CultureInfo.InvariantCulture), words[4].TrimEnd(','));
        engine.Kill(); // without a chance to say goodbye, in the middle of a picture
        engine.WaitForExit();
        Assert.True(worker.WaitForExit(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void AFileThatIsNoMemoryIsRefusedInOneLineAndStays()
    {
        string file = _folder["mine.txt"];
        File.WriteAllText(file, "mine");
        Ainim.Result result = Ainim.Run("worker", file);
        Assert.Equal($"ainim worker: '{file}' is not memory of the engine's. Workers are started by the engine itself.\n", result.Error);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void PeopleAreNotOfferedTheVerb()
    {
        Ainim.Result result = Ainim.Run("--help");
        Assert.Contains("bench", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("worker", result.Output, StringComparison.Ordinal);
    }
}
