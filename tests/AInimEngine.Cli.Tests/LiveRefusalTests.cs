namespace AInimEngine.Cli.Tests;

/// <summary>What a show cannot begin with is told in one line, before anything is opened.</summary>
public sealed class LiveRefusalTests
{
    [Theory]
    [InlineData(3, "no sound input 'nosuch'", "--input", "nosuch")]
    [InlineData(2, "--size 'wide'", "--size", "wide")]
    [InlineData(2, "--osc 70000", "--osc", "70000")]
    [InlineData(2, "there is no option '--nosuch'", "--nosuch", "word")]
    [InlineData(3, "there is no file 'nosuch.wav'", "--input", "nosuch.wav")]
    [InlineData(3, "'nosuch.txt': there is no such file.", "--set", "nosuch.txt")]
    [InlineData(4, "cannot record to '/nowhere/a.mkv': the folder '/nowhere' does not exist", "--record", "/nowhere/a.mkv")]
    public void AWrongWordIsOneLineAndItsExitCode(int code, string says, string option, string word)
    {
        Ainim.Result result = Ainim.Run(["live", option, word], new Dictionary<string, string> { ["SDL_AUDIODRIVER"] = "dummy" }, null);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(says, Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
