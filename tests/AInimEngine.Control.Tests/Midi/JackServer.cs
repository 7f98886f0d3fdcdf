using System.Runtime.InteropServices;

namespace AInimEngine.Control.Tests.Midi;

/// <summary>A JACK server of our own with its dummy driver: MIDI over a real wire, without hardware.</summary>
public sealed partial class JackServer : IAsyncLifetime
{
    private readonly string _name = $"ainim{Environment.ProcessId}";
    private Peer? _server;

    /// <summary>Why there is none; null when it runs.</summary>
    internal string? Missing { get; private set; }

    internal Dictionary<string, string> Variables => new() { ["JACK_DEFAULT_SERVER"] = _name, ["JACK_NO_START_SERVER"] = "1" };

    public async ValueTask InitializeAsync()
    {
        if (!Peer.IsThere("jackd") || !Peer.IsThere("jack_wait"))
        {
            Missing = "jackd is not installed (jackd2)";
            return;
        }
        foreach ((string name, string value) in Variables)
            setenv(name, value, 1); // libjack asks the C library, which .NET's own copy of the environment does not reach
        _server = Peer.Start("jackd", ["-n", _name, "-r", "--no-mlock", "-d", "dummy", "-r", "48000", "-p", "256"], Variables);
        using Peer wait = Peer.Start("jack_wait", ["-w", "-t", "10"], Variables);
        await Eventually.True(() => wait.HasEnded, "jack_wait ended", 12);
        if (!wait.Lines.Any(line => line.Contains("server is available", StringComparison.Ordinal)))
            Missing = "jackd did not start: " + string.Join(' ', _server.Lines.TakeLast(2));
    }

    internal Peer Start(string program, params string[] arguments) => Peer.Start(program, arguments, Variables);

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
