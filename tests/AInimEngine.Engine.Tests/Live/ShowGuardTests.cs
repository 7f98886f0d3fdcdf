using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live.Guarding;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>The guard with shows that are scripts: each life notes the state that it found.</summary>
public sealed class ShowGuardTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly StringWriter _said = new();

    public ShowGuardTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "the shows are shell scripts");

    public void Dispose()
    {
        _said.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void AShowThatKeepsDyingIsResumedThenBegunAnewThenLeft()
    {
        AInimException error = Assert.Throws<AInimException>(() => Guard("echo '{\"Preset\":\"ink\",\"FullScreen\":true}' > \"$2\"; exit 9"));
        Assert.Equal(ExitCode.Internal, error.ExitCode);
        Assert.Contains("died 6 times within a minute, the last time because it ended with exit code 9", error.Message, StringComparison.Ordinal);
        string[] lives = File.ReadAllText(_folder["lives"]).Split("life", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(6, lives.Length);
        Assert.Equal("one two", lives[0]);
        Assert.All(lives[1..3], life => Assert.Contains("\"Preset\":\"ink\"", life, StringComparison.Ordinal));
        // The first preset from the third death on, on the same screen.
        Assert.All(lives[3..], life => Assert.Contains("\"Preset\":null", life, StringComparison.Ordinal));
        Assert.All(lives[3..], life => Assert.Contains("\"FullScreen\":true", life, StringComparison.Ordinal));
        string[] lines = _said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.Equal("ainim live: the show died: it ended with exit code 9; it starts again where it stood", lines[0]);
        Assert.EndsWith("with its first preset", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void ADeathByASignalIsNamedAndAGoodEndEndsTheGuard()
    {
        Assert.Equal(0, Guard("[ -s \"$2\" ] && exit 0; echo '{}' > \"$2\"; kill -SEGV $$"));
        Assert.Equal("ainim live: the show died: signal 11 ended it; it starts again where it stood\n", _said.ToString());
    }

    [Fact]
    public void AShowThatHasEndedIsNotStartedAgainWhateverEndsItsProcess()
    {
        Assert.Equal(9, Guard("echo '{\"IsEnding\":true}' > \"$2\"; exit 9"));
        Assert.Equal("", _said.ToString());
    }

    [Fact]
    public void WhatDoesNotBeginIsNotTriedAgain()
    {
        Assert.Equal(5, Guard("exit 5"));
        Assert.Equal("", _said.ToString());
        Assert.Contains("cannot start the show", Assert.Throws<AInimException>(() => ShowGuard.Run(["/nowhere/ainim"], [], _said)).Message, StringComparison.Ordinal);
    }

    private int Guard(string life)
    {
        File.WriteAllText(_folder["show.sh"], $"echo life >> '{_folder["lives"]}'; if [ -e \"$2\" ]; then cat \"$2\"; else echo \"$3 $4\"; fi >> '{_folder["lives"]}'; {life}\n");
        return ShowGuard.Run(["/bin/sh", _folder["show.sh"]], ["one", "two"], _said);
    }
}
