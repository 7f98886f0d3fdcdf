using System.Diagnostics;
using AInimEngine.Audio.Devices;

namespace AInimEngine.Audio.Tests.Support;

/// <summary>
/// A sound server of the tests' own, with one output that plays into nothing, named "Hall", whose monitor can be heard. SDL
/// in this process uses it as long as it lives.
/// </summary>
public sealed class PulseServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-pulse-").FullName;
    private Process? _server;

    /// <summary>Starts the server, or remembers that it is not installed.</summary>
    public PulseServer()
    {
        NativeEnvironment.Set("PULSE_SERVER", $"unix:{Socket}");
        NativeEnvironment.Set("PULSE_COOKIE", Path.Combine(_folder, "cookie"));
        NativeEnvironment.Set("SDL_AUDIODRIVER", "pulseaudio");
        if (Find("pulseaudio") is null || Find("pactl") is null)
            return;
        Start();
        Load("module-null-sink", "sink_name=hall", "sink_properties=device.description=Hall");
        AudioDevices.Refresh();
    }

    /// <summary>What another process needs in its environment to use it.</summary>
    internal IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PULSE_SERVER"] = $"unix:{Socket}",
        ["PULSE_COOKIE"] = Path.Combine(_folder, "cookie"),
        ["SDL_AUDIODRIVER"] = "pulseaudio",
    };

    /// <summary>Skips the test where there is no PulseAudio to be started.</summary>
    internal void Require() => Assert.SkipWhen(_server is null, "pulseaudio and pulseaudio-utils are not installed");

    /// <summary>Starts the server process and waits until it answers.</summary>
    internal void Start()
    {
        _server = Run("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes", "--realtime=no", "--high-priority=no",
            "-L", $"module-native-protocol-unix socket={Socket} auth-anonymous=1");
        Patience.Until("the sound server answers", () => Ask("info").Contains("Server Name", StringComparison.Ordinal));
    }

    /// <summary>Ends the server process.</summary>
    internal void Stop()
    {
        _server!.Kill();
        _server.WaitForExit();
        _server.Dispose();
        File.Delete(Socket);
    }

    /// <summary>Loads a module and returns its number.</summary>
    internal string Load(params string[] module)
    {
        string number = Ask(["load-module", .. module]).Trim();
        Assert.True(int.TryParse(number, out _), $"the server loads {string.Join(' ', module)}: '{number}'");
        return number;
    }

    /// <summary>Unloads a module.</summary>
    internal void Unload(string number) => Ask("unload-module", number);

    /// <summary>Runs pactl to its end and returns what it printed.</summary>
    internal string Ask(params string[] words)
    {
        using Process pactl = Run("pactl", words);
        string output = pactl.StandardOutput.ReadToEnd();
        pactl.WaitForExit();
        return output;
    }

    /// <summary>Plays sound (48 kHz stereo float32) into an output until it is over or the process is disposed of.</summary>
    internal Process Play(string sink, string file) =>
        Run("pacat", "--playback", $"--device={sink}", "--format=float32le", "--rate=48000", "--channels=2", "--latency-msec=200", file);

    /// <summary>A file in the server's folder.</summary>
    internal string PathOf(string name) => Path.Combine(_folder, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        AudioDevices.Refresh();
        if (_server is not null)
            Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private string Socket => Path.Combine(_folder, "native");

    private Process Run(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string word in words)
            start.ArgumentList.Add(word);
        start.Environment["PULSE_SERVER"] = program == "pulseaudio" ? "" : $"unix:{Socket}";
        foreach (string variable in (string[])["PULSE_RUNTIME_PATH", "PULSE_STATE_PATH", "PULSE_CONFIG_PATH", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME"])
            start.Environment[variable] = _folder;
        start.Environment["PULSE_COOKIE"] = Path.Combine(_folder, "cookie");
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static string? Find(string program) => (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
