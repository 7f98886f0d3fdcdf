using System.Text.Json;

namespace AInimEngine.Cli.Tests;

/// <summary><c>ainim devices</c> in a process of its own, as SDL reads its driver from the environment: its dummy driver has one input and one output everywhere.</summary>
public sealed class DevicesTests
{
    private static readonly Dictionary<string, string> s_dummy = new() { ["SDL_AUDIODRIVER"] = "dummy" };

    [Fact]
    public void EveryKindIsListedAndWhatIsMissingSaysWhatToDo()
    {
        Ainim.Result result = Ainim.Run(["devices"], s_dummy, null);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("inputs\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("apt-get install pipewire-pulse", result.Output, StringComparison.Ordinal);
        Assert.Contains("(sound system: dummy)", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void ListeningEndsAfterItsTimeAndSaysWhoHeardSomethingInJson()
    {
        Ainim.Result result = Ainim.Run(["devices", "--json", "--listen", "0.5"], s_dummy, null);
        Assert.Equal(0, result.ExitCode);
        JsonElement[] events = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        string?[] inputs = [.. events.Where(e => e.GetProperty("event").GetString() == "device" && e.GetProperty("kind").GetString() == "input").Select(e => e.GetProperty("name").GetString())];
        string?[] heard = [.. events.Where(e => e.GetProperty("event").GetString() == "heard").Select(e => e.GetProperty("name").GetString())];
        Assert.Equal(inputs, heard);
        Assert.All(events.Where(e => e.GetProperty("event").GetString() == "heard"), e => Assert.False(e.GetProperty("heard").GetBoolean()));
    }

    [Fact]
    public void WithoutSdlItSaysWhatToInstall()
    {
        Ainim.Result result = Ainim.Run(["devices"], new Dictionary<string, string> { ["AINIM_SDL"] = "/nonexistent/libSDL2.so" }, null);
        Assert.Equal(6, result.ExitCode);
        Assert.Contains("apt-get install libsdl2-2.0-0", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void ATimeOutOfRangeIsRefused()
    {
        Ainim.Result result = Ainim.Run(["devices", "--listen", "0"], s_dummy, null);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("0.5..3600", result.Error, StringComparison.Ordinal);
    }
}
