using System.Diagnostics;

namespace AInimEngine.Architecture.Tests.Launcher;

[Collection("launcher")] // one after another: a program that another test forks meanwhile may hold a script open that is to be run
public sealed class LauncherRunTests : IDisposable
{
    private readonly LauncherSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task ArgumentsReachTheProgramUntouched()
    {
        Outcome outcome = await _sandbox.Run("render", "a b.mp3", "", "*", "--yes", "-o", "$HOME", "it's");
        Assert.StartsWith("[render]\n[a b.mp3]\n[]\n[*]\n[--yes]\n[-o]\n[$HOME]\n[it's]\n", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Fact]
    public async Task YesBeforeTheVerbBelongsToTheLauncher() =>
        Assert.StartsWith("[demo]\ncwd=", (await _sandbox.Run("--yes", "demo")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task TheExitCodeIsThePrograms() => Assert.Equal(5, (await _sandbox.Run("fail")).ExitCode);

    [Fact]
    public async Task WorksFromAnyFolderAndThroughALink()
    {
        string elsewhere = Path.Combine(_sandbox.Records, "else where");
        Directory.CreateDirectory(elsewhere);
        string link = Path.Combine(elsewhere, "ainim link");
        File.CreateSymbolicLink(link, Path.Combine(_sandbox.Root, "ainim"));
        Outcome outcome = await _sandbox.RunFrom(elsewhere, link, "demo");
        Assert.Contains($"cwd={elsewhere}\nours={_sandbox.Root}\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PresetsAndShadersOfAnotherFolderAreLeftToTheUser()
    {
        _sandbox.Variables["AINIM_HOME"] = "/srv/my ainim";
        Assert.Contains("\nours=/srv/my ainim\n", (await _sandbox.Run("demo")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildsOnceAndIsSilentAfterwards()
    {
        Outcome first = await _sandbox.Run("demo");
        Outcome second = await _sandbox.Run("demo");
        Assert.Equal(1, _sandbox.Builds);
        Assert.Contains("building", first.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ainim:", first.Output, StringComparison.Ordinal);
        Assert.Equal("", second.Errors);
    }

    [Fact]
    public async Task AChangedANewAndADeletedSourceEachAskForABuild()
    {
        await _sandbox.Run("demo");
        _sandbox.Write("src/AInimEngine.Core/Thing.cs", "// changed");
        await _sandbox.Run("demo");
        Assert.Equal(2, _sandbox.Builds);
        _sandbox.Write("src/AInimEngine.Core/Deep/New.cs", "// new");
        await _sandbox.Run("demo");
        Assert.Equal(3, _sandbox.Builds);
        File.Delete(Path.Combine(_sandbox.Root, "src/AInimEngine.Core/Deep/New.cs"));
        await _sandbox.Run("demo");
        Assert.Equal(4, _sandbox.Builds);
        await _sandbox.Run("demo");
        Assert.Equal(4, _sandbox.Builds);
    }

    [Fact]
    public async Task ASourcePutBackWithItsOldDateAsksForABuild()
    {
        string source = Path.Combine(_sandbox.Root, "src/AInimEngine.Core/Thing.cs");
        DateTime before = File.GetLastWriteTimeUtc(source) - TimeSpan.FromDays(1);
        await _sandbox.Run("demo");
        File.SetLastWriteTimeUtc(source, before);
        await _sandbox.Run("demo");
        Assert.Equal(2, _sandbox.Builds);
    }

    [Fact]
    public async Task ASourceSavedDuringTheBuildAsksForAnother()
    {
        string gate = Path.Combine(_sandbox.Records, "gate");
        using (var pipe = Process.Start("mkfifo", [gate]))
            await pipe.WaitForExitAsync();
        using Process running = _sandbox.Start(_sandbox.Root, [Path.Combine(_sandbox.Root, "ainim"), "demo"]);
        Task<Outcome> first = LauncherSandbox.Finish(running);
        await using (var open = new StreamWriter(gate)) // waits until the build reads
        {
            _sandbox.Write("src/AInimEngine.Core/Thing.cs", "// saved meanwhile");
            await open.WriteLineAsync("go");
        }

        Assert.Equal(0, (await first).ExitCode);
        Assert.Equal(1, _sandbox.Builds);
        File.Delete(gate);
        await _sandbox.Run("demo");
        Assert.Equal(2, _sandbox.Builds);
    }

    [Fact]
    public async Task AnUpgradeOfLibtorchInItsPlaceAsksForABuild()
    {
        _sandbox.Variables["AINIM_LIBTORCH"] = Path.Combine(_sandbox.Root, "torch");
        const string Version = "torch/include/torch/csrc/api/include/torch/version.h";
        _sandbox.Write(Version, "#define TORCH_VERSION_MAJOR 1");
        await _sandbox.Run("demo");
        _sandbox.Write(Version, "#define TORCH_VERSION_MAJOR 2");
        await _sandbox.Run("demo");
        Assert.Equal(2, _sandbox.Builds);
    }

    [Fact]
    public async Task AnotherLibtorchAsksForABuild()
    {
        string[] choices = ["", "/opt/libtorch-2", "/opt/libtorch-3", ""];
        for (int i = 0; i < choices.Length; i++)
        {
            _sandbox.Variables["AINIM_LIBTORCH"] = choices[i] is "" ? null : choices[i];
            await _sandbox.Run("demo");
            Outcome again = await _sandbox.Run("demo");
            Assert.Equal(i + 1, _sandbox.Builds);
            Assert.Equal("", again.Errors);
        }
        Assert.Equal(["", "/opt/libtorch-2", "/opt/libtorch-3", ""], _sandbox.Record("libtorch"));
    }

    [Fact]
    public async Task ARelativeLibtorchIsTheSameOneFromEveryFolder()
    {
        Directory.CreateDirectory(Path.Combine(_sandbox.Records, "torch 2"));
        Directory.CreateDirectory(Path.Combine(_sandbox.Root, "torch 2"));
        string launcher = Path.Combine(_sandbox.Root, "ainim");
        _sandbox.Variables["AINIM_LIBTORCH"] = "torch 2";
        await _sandbox.RunFrom(_sandbox.Records, launcher, "demo");
        _sandbox.Variables["AINIM_LIBTORCH"] = "../torch 2/";
        await _sandbox.RunFrom(Path.Combine(_sandbox.Records, "torch 2"), launcher, "demo");
        Assert.Equal([Path.Combine(_sandbox.Records, "torch 2")], _sandbox.Record("libtorch"));
        _sandbox.Variables["AINIM_LIBTORCH"] = "torch 2";
        await _sandbox.RunFrom(_sandbox.Root, launcher, "demo");
        Assert.Equal(Path.Combine(_sandbox.Root, "torch 2"), _sandbox.Record("libtorch")[^1]);
    }

    [Fact]
    public async Task BuildOutputAsksForNoBuild()
    {
        await _sandbox.Run("demo");
        _sandbox.Write("src/AInimEngine.Core/obj/project.assets.json", "{}");
        _sandbox.Write("src/AInimEngine.Core/bin/Debug/x.dll", "");
        await _sandbox.Run("demo");
        Assert.Equal(1, _sandbox.Builds);
    }

    [Fact]
    public async Task AFailedBuildShowsEachErrorOnceAndIsTriedAgain()
    {
        File.WriteAllText(Path.Combine(_sandbox.Records, "break-build"), "");
        Outcome outcome = await _sandbox.Run("demo");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.Equal(1, outcome.Errors.Split('\n').Count(line => line == "src/AInimEngine.Cli/Thing.cs(3,7): error CS1002: ; expected"));
        Assert.True(outcome.Errors.Split('\n').Length < 8);

        File.Delete(Path.Combine(_sandbox.Records, "break-build"));
        Assert.Equal(0, (await _sandbox.Run("demo")).ExitCode);
    }

    [Fact]
    public async Task TwoAtOnceBuildOnceAndBothRun()
    {
        // The build waits at a pipe until both have been started.
        string gate = Path.Combine(_sandbox.Records, "gate");
        using (var pipe = Process.Start("mkfifo", [gate]))
            await pipe.WaitForExitAsync();
        string[] command = [Path.Combine(_sandbox.Root, "ainim"), "demo"];
        using Process one = _sandbox.Start(_sandbox.Root, command);
        using Process two = _sandbox.Start(_sandbox.Root, command);
        Task<Outcome> first = LauncherSandbox.Finish(one), second = LauncherSandbox.Finish(two);
        await File.WriteAllTextAsync(gate, "go\n");
        Outcome[] outcomes = [await first, await second];
        Assert.All(outcomes, outcome => Assert.StartsWith("[demo]\n", outcome.Output, StringComparison.Ordinal));
        Assert.Equal(1, _sandbox.Builds);
    }

    [Fact]
    public async Task ARunningProgramKeepsItsFilesWhileANewOneIsBuilt()
    {
        _sandbox.Write("src/AInimEngine.Cli/program", "[[ $1 != slow ]] || { echo ready; read -r _; cat \"$0\"; }");
        using Process running = _sandbox.Start(_sandbox.Root, [Path.Combine(_sandbox.Root, "ainim"), "slow"]);
        Assert.Equal("ready", await running.StandardOutput.ReadLineAsync());
        _sandbox.Write("src/AInimEngine.Cli/program", "# newer");
        await _sandbox.Run("demo");
        Assert.Equal(2, _sandbox.Builds);
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_sandbox.Root, ".ainim"), "app-*").Length);
        await running.StandardInput.WriteLineAsync("go on");
        Outcome outcome = await LauncherSandbox.Finish(running);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("slow", outcome.Output, StringComparison.Ordinal);

        _sandbox.Write("src/AInimEngine.Cli/program", "# newest");
        await _sandbox.Run("demo");
        Assert.Single(Directory.GetDirectories(Path.Combine(_sandbox.Root, ".ainim"), "app-*"));
    }

    [Fact]
    public async Task WorksWithoutAHomeFolder()
    {
        _sandbox.Variables["HOME"] = null;
        Outcome outcome = await _sandbox.Run("demo");
        Assert.Contains($"home={_sandbox.Root}/.ainim/home\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NativeThreadsSleepWhileTheyWaitUnlessToldOtherwise()
    {
        Assert.Matches("omp=PASSIVE [1-9]", (await _sandbox.Run("demo")).Output);
        _sandbox.Variables["OMP_WAIT_POLICY"] = "ACTIVE";
        _sandbox.Variables["OMP_NUM_THREADS"] = "7";
        Assert.Contains("omp=ACTIVE 7\n", (await _sandbox.Run("demo")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheSdkItSaysHowToGetIt()
    {
        _sandbox.Stub("dotnet", "[[ $1 == --list-sdks ]] && echo '8.0.404 [/usr/share/dotnet/sdk]'");
        Outcome outcome = await _sandbox.Run("demo");
        Assert.Equal(6, outcome.ExitCode);
        Assert.Contains("dotnet.microsoft.com", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("--channel 10.0", outcome.Errors, StringComparison.Ordinal);
    }
}
