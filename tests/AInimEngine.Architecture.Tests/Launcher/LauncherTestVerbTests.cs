namespace AInimEngine.Architecture.Tests.Launcher;

[Collection("launcher")] // one after another: a program that another test forks meanwhile may hold a script open that is to be run
public sealed class LauncherTestVerbTests : IDisposable
{
    private readonly LauncherSandbox _sandbox = new();

    public LauncherTestVerbTests() => _sandbox.TestProject("AInimEngine.Core.Tests", Results(total: 5, passed: 4, skipped: 1));

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task AddsUpAllProjectsAndEndsWithTheSum()
    {
        _sandbox.TestProject("AInimEngine.Media.Tests", Results(total: 7, passed: 7));
        Outcome outcome = await _sandbox.Run("test");
        Assert.Equal("11 passed, 0 failed, 1 skipped", outcome.LastLine);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Matches(@"(?m)^AInimEngine\.Core\.Tests +4 passed +0 failed +1 skipped +\d+ s$", outcome.Output);
        Assert.Matches(@"(?m)^AInimEngine\.Media\.Tests +7 passed +0 failed +0 skipped +\d+ s$", outcome.Output);
        Assert.Equal([Path.Combine(_sandbox.Root, "AInimEngine.sln")], _sandbox.Record("builds"));
    }

    [Fact]
    public async Task AFailedTestIsShownAndFailsTheRun()
    {
        _sandbox.TestProject("AInimEngine.Media.Tests", """
            echo '  Starting:    AInimEngine.Media.Tests'
            echo '    Media.DecodesAnMp3 [FAIL]'
            echo '      Assert.Equal() Failure: Values differ'
            echo '    Media.NeedsADevice [SKIP]'
            echo '      no device here'
            echo '  Finished:    AInimEngine.Media.Tests'

            """ + Results(total: 3, passed: 1, failed: 1, skipped: 1) + "\nexit 1");
        Outcome outcome = await _sandbox.Run("test");
        Assert.Equal("5 passed, 1 failed, 2 skipped", outcome.LastLine);
        Assert.Contains("    Media.DecodesAnMp3 [FAIL]\n      Assert.Equal() Failure: Values differ\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("skipped Media.NeedsADevice: no device here\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Theory]
    [InlineData("echo 'Unhandled exception. Segmentation fault'; exit 139", "crashed with exit code 139")]
    [InlineData("exit 0", "crashed with exit code 0")]
    [InlineData("echo '<assembly name=\"x\" total=\"0\" passed=\"0\" failed=\"0\" skipped=\"0\" errors=\"0\">' >\"$results\"", "holds no test")]
    [InlineData("echo '<assembly name=\"x\" total=\"2\" passed=\"2\" failed=\"0\" skipped=\"0\" errors=\"3\">' >\"$results\"", "3 errors outside tests")]
    [InlineData("echo '<assembly name=\"x\" total=\"2\" passed=\"2\" failed=\"0\" skipped=\"0\" errors=\"0\">' >\"$results\"; exit 134", "ended with exit code 134")]
    public async Task AProjectThatBreaksCountsAsAFailedTest(string script, string reason)
    {
        _sandbox.TestProject("AInimEngine.Neural.Tests", script);
        Outcome outcome = await _sandbox.Run("test");
        Assert.EndsWith(" 1 failed, 1 skipped", outcome.LastLine, StringComparison.Ordinal);
        Assert.Contains(reason, outcome.Output, StringComparison.Ordinal);
        Assert.Equal(1, outcome.ExitCode);
    }

    [Fact]
    public async Task AProjectThatHangsIsStopped()
    {
        _sandbox.Variables["AINIM_TEST_TIMEOUT"] = "0.3";
        _sandbox.TestProject("AInimEngine.Neural.Tests", "while :; do :; done");
        Outcome outcome = await _sandbox.Run("test", "Neural");
        Assert.Contains("hung", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("0 passed, 1 failed, 0 skipped", outcome.LastLine);
    }

    [Fact]
    public async Task EveryProjectMayTakeFifteenMinutes()
    {
        _sandbox.TestProject("AInimEngine.Media.Tests", Results(total: 7, passed: 7));
        _sandbox.Stub("timeout", """echo "$3" >>"$RECORDS/timeouts"; exec "${@:4}" """);
        Assert.Equal("11 passed, 0 failed, 1 skipped", (await _sandbox.Run("test")).LastLine);
        Assert.Equal(["900", "900"], _sandbox.Record("timeouts"));
    }

    [Fact]
    public async Task NamesChooseProjects()
    {
        _sandbox.TestProject("AInimEngine.Media.Tests", "exit 3");
        Outcome outcome = await _sandbox.Run("test", "core");
        Assert.Equal("4 passed, 0 failed, 1 skipped", outcome.LastLine);
        Assert.Equal(2, (await _sandbox.Run("test", "nothing")).ExitCode);
        Assert.Equal(2, (await _sandbox.Run("test", "--fast")).ExitCode);
    }

    [Fact]
    public async Task TheServersScriptRunsAllTests()
    {
        _sandbox.Write(".ci/run", Repository.Read(".ci/run"));
        File.SetUnixFileMode(Path.Combine(_sandbox.Root, ".ci/run"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Path.Combine(_sandbox.Tools, "dirname"), "/usr/bin/dirname");
        Outcome outcome = await _sandbox.RunFrom(_sandbox.Records, Path.Combine(_sandbox.Root, ".ci/run"));
        Assert.Equal("4 passed, 0 failed, 1 skipped", outcome.LastLine);
        Assert.Equal(0, outcome.ExitCode);
    }

    private static string Results(int total, int passed, int failed = 0, int skipped = 0) =>
        $"echo '<assembly name=\"x\" run-date=\"2026-11-21\" total=\"{total}\" passed=\"{passed}\" failed=\"{failed}\" skipped=\"{skipped}\" not-run=\"0\" errors=\"0\">' >\"$results\"";
}
