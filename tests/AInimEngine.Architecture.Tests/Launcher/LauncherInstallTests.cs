using System.Text.RegularExpressions;

namespace AInimEngine.Architecture.Tests.Launcher;

[Collection("launcher")] // one after another: a program that another test forks meanwhile may hold a script open that is to be run
public sealed class LauncherInstallTests : IDisposable
{
    /// <summary>The packages of the launcher's run_pieces, in its order.</summary>
    private static readonly string Everything = string.Join(' ', Regex
        .Matches(Regex.Match(Repository.Read("ainim"), @"\nrun_pieces=\((.*?)\n\)", RegexOptions.Singleline).Groups[1].Value, @"^  ""([^|]+)\|", RegexOptions.Multiline)
        .Select(piece => piece.Groups[1].Value));

    /// <summary>For each of them that is a library, the last file that proves it: another vendor's where there are several.</summary>
    private static readonly string[] Libraries = [.. Regex
        .Matches(Repository.Read("ainim"), @"^  ""[^|]+\|lib:(?:[^|,]+,)*([^|,]+)\|", RegexOptions.Multiline)
        .Select(piece => piece.Groups[1].Value)];

    private readonly LauncherSandbox _sandbox = new();

    public LauncherInstallTests() => _sandbox.Variables["AINIM_SKIP_CHECKS"] = null;

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task RootInstallsWithoutAskingAndRemovesNothing()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("needs root");
        Debian();
        Outcome outcome = await _sandbox.Run("demo");
        Assert.Equal(0, outcome.ExitCode);
        string install = Assert.Single(_sandbox.Record("apt"), line => line.Contains(" install ", StringComparison.Ordinal));
        Assert.EndsWith(" install " + Everything, install, StringComparison.Ordinal);
        Assert.Contains("--no-remove", install, StringComparison.Ordinal);
        Assert.Contains("--no-install-recommends", install, StringComparison.Ordinal);
        Assert.DoesNotContain(_sandbox.Record("apt"), line => line.Contains(" remove", StringComparison.Ordinal) || line.Contains("purge", StringComparison.Ordinal));
        Assert.StartsWith("[demo]\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsThereIsNotInstalledAndNotAskedForTwice()
    {
        Debian(Everything);
        await _sandbox.Run("demo");
        await _sandbox.Run("demo");
        Assert.Empty(_sandbox.Record("apt"));
        Assert.Single(_sandbox.Record("dpkg"));
    }

    [Fact]
    public async Task OnlyTheMissingPackagesAreInstalled()
    {
        Assert.StartsWith("ffmpeg libtorch-dev libopenblas0-pthread ", Everything, StringComparison.Ordinal);
        Debian(Everything.Replace(" libopenblas0-pthread", "", StringComparison.Ordinal).Replace(" g++", "", StringComparison.Ordinal));
        _sandbox.Stub("c++", ""); // a compiler of one's own counts
        Outcome outcome = await _sandbox.RunAsNobody("demo");
        Assert.Equal(6, outcome.ExitCode);
        Assert.Contains("missing: libopenblas0-pthread. ", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherLibtorchMakesDebiansNeedless()
    {
        Debian(Everything.Replace("libtorch-dev ", "", StringComparison.Ordinal));
        _sandbox.Variables["AINIM_LIBTORCH"] = "/opt/libtorch";
        Assert.Equal(0, (await _sandbox.Run("demo")).ExitCode);
        Assert.Empty(_sandbox.Record("apt"));
    }

    [Fact]
    public async Task WithoutATerminalNobodyIsAskedAndNothingIsInstalled()
    {
        Debian();
        Outcome outcome = await _sandbox.RunAsNobody("demo");
        Assert.Equal(6, outcome.ExitCode);
        Assert.Contains($"sudo apt-get install --no-install-recommends {Everything}", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("--yes", outcome.Errors, StringComparison.Ordinal);
        Assert.Empty(_sandbox.Record("apt"));
        Assert.Equal(0, _sandbox.Builds);
    }

    [Fact]
    public async Task YesInstallsWithSudo()
    {
        Debian();
        Outcome outcome = await _sandbox.RunAsNobody("--yes", "demo");
        Assert.Equal(0, outcome.ExitCode);
        if (_sandbox.Record("sudo").Length == 0)
            Assert.Fail("sudo was not used: " + outcome.Errors);
        Assert.Contains(_sandbox.Record("apt"), line => line.EndsWith(" install " + Everything, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatOnlyTestsNeedIsInstalledByTestAlone()
    {
        Debian(Everything);
        string launcher = Repository.Read("ainim");
        Assert.Matches(@"\ntest_pieces=\(", launcher);
        _sandbox.Write("ainim", Regex.Replace(launcher, @"\ntest_pieces=\((\)|.*?\n\))", "\ntest_pieces=('xvfb|cmd:Xvfb|a screen for tests|your xvfb package')", RegexOptions.Singleline));
        _sandbox.TestProject("AInimEngine.Core.Tests", "echo '<assembly total=\"1\" passed=\"1\">' >\"$results\"");

        Assert.Equal(0, (await _sandbox.RunAsNobody("--yes", "demo")).ExitCode);
        Assert.Empty(_sandbox.Record("apt"));
        Outcome outcome = await _sandbox.RunAsNobody("test", "--yes");
        Assert.Equal("1 passed, 0 failed, 0 skipped", outcome.LastLine);
        Assert.EndsWith(" install xvfb", Assert.Single(_sandbox.Record("apt"), line => line.Contains(" install ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailedInstallIsTriedOnceMoreWithNewLists()
    {
        Debian();
        _sandbox.Write("../records/fail-install", "");
        Outcome outcome = await _sandbox.RunAsNobody("--yes", "demo");
        Assert.Equal(6, outcome.ExitCode);
        Assert.Contains("E: Unable to locate package", outcome.Errors, StringComparison.Ordinal);
        string[] verbs = [.. _sandbox.Record("apt").Select(line => line.Contains(" update", StringComparison.Ordinal) ? "update" : "install")];
        Assert.Equal(["update", "install"], verbs[^2..]);
        Assert.Equal(0, _sandbox.Builds);
    }

    [Fact]
    public async Task ElsewhereEachMissingPieceIsNamedWithHowToGetIt()
    {
        _sandbox.Stub("ldconfig", "echo '\tlibc.so.6 (libc6) => /usr/lib/libc.so.6'");
        Outcome outcome = await _sandbox.Run("--yes", "demo");
        Assert.Equal(6, outcome.ExitCode);
        Assert.All(Everything.Split(' '), package =>
            Assert.Contains(outcome.Errors.Split('\n'), line => line.StartsWith($"  {package} ", StringComparison.Ordinal)));
        Assert.Contains("https://ffmpeg.org", outcome.Errors, StringComparison.Ordinal);
        Assert.Contains("AINIM_LIBTORCH", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ElsewhereLibrariesAndCommandsThatAreThereCount()
    {
        foreach (string command in (string[])["ffmpeg", "ffprobe", "cmake", "c++"])
            _sandbox.Stub(command, "");
        _sandbox.Stub("ldconfig", $"printf '\\t%s (libc6) => /usr/lib/x\\n' {string.Join(' ', Libraries)}");
        Assert.Equal(0, (await _sandbox.Run("demo")).ExitCode);
    }

    /// <summary>Stand-ins for Debian's tools; only <paramref name="installed"/> is there until apt-get is called.</summary>
    private void Debian(string installed = "")
    {
        _sandbox.Write("../records/installed", installed.Replace(' ', '\n') + "\n");
        _sandbox.Stub("dpkg-query", """
            echo "$*" >>"$RECORDS/dpkg"
            for package in "${@:4}"; do
              if grep -qx -- "$package" "$RECORDS/installed"; then echo "$package installed"; else missing=1; fi
            done
            exit ${missing:-0}
            """);
        _sandbox.Stub("apt-get", """
            echo "apt-get $*" >>"$RECORDS/apt"
            [[ " $* " == *" install "* ]] || exit 0
            if [[ -e $RECORDS/fail-install ]]; then echo 'E: Unable to locate package'; exit 100; fi
            for package in "$@"; do echo "$package" >>"$RECORDS/installed"; done
            """);
        _sandbox.Stub("sudo", "echo \"$*\" >>\"$RECORDS/sudo\"; exec \"$@\"");
        File.SetUnixFileMode(Path.Combine(_sandbox.Records, "installed"), (UnixFileMode)0b110_110_110);
    }
}
