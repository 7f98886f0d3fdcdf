using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AInimEngine.Cli.Tests.Workers;
using AInimEngine.Core.Imaging;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Cli.Tests.Live;

/// <summary>What a show survives: its own death, its generator's, and edits of what plays.</summary>
public sealed class LiveGuardTests : IDisposable
{
    private static readonly string s_track = Path.Combine(Repository.Root, "demo", "ainim-demo.ogg");

    // Two processes start in some of the tests, on machines that do much else.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly XServer _server = new();
    private readonly ScratchFolder _scratch = new();

    public LiveGuardTests()
    {
        Assert.SkipWhen(_server.Missing is not null, _server.Missing ?? "");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks into /proc");
    }

    public void Dispose()
    {
        _server.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void AKilledShowIsBackWithItsPresetAndItsRowsAndEndsWithItsGuard()
    {
        using Process guard = Start("aurora", "silk", "--guard", "--no-worker");
        try
        {
            Until(() => Brightness() > 10, "a picture");
            _server.Do("key", "Right");
            // Intensity from 1 to 1.2 of 0..2.
            foreach (string _ in (string[])["1", "2"])
                _server.Do("key", "Up");
            Until(() => State() is { } kept && kept.Preset == "silk" && kept.Intensity > 0.55f, "the state of the other preset");
            int show = State()!.Process;
            Assert.Equal(show, Assert.Single(ChildrenOf(guard.Id)));
            Rig.Signal(show, "KILL");
            long died = Stopwatch.GetTimestamp();
            Until(() => State() is { } again && again.Process != show, "another process");
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"back after {Stopwatch.GetElapsedTime(died).TotalSeconds:0.00} s"));
            StateOfShow state = State()!;
            Assert.Equal("silk", state.Preset);
            Assert.InRange(state.Intensity, 0.55f, 0.65f);
            Until(() => Brightness() > 10, "the picture again");
            Rig.Signal(guard.Id, "TERM");
            Assert.True(guard.WaitForExit(TimeSpan.FromSeconds(30)));
            Assert.Equal(0, guard.ExitCode);
            Rig.WaitForEnd(state.Process);
            Assert.Empty(Directory.GetDirectories(_scratch.Path, "ainim-live-*"));
        }
        finally
        {
            guard.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void WhatCannotBeginIsNotStartedAgain()
    {
        Ainim.Result result = Ainim.Run(["live", "no-such-preset", "--guard", "-i", s_track, "--midi", "none", "--osc", "0"], Here(), _scratch.Path);
        Assert.Equal(5, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("ainim live:", StringComparison.Ordinal));
    }

    [Fact]
    public void AKilledGeneratorFreezesItsPictureOnlyAndAnotherOneStarts()
    {
        using Process show = Start("aurora", "--worker");
        try
        {
            Until(() => Brightness() > 10, "a picture");
            int worker = WorkerOf(show.Id)!.Value;
            Rig.Signal(worker, "KILL");
            Rig.WaitForEnd(worker);
            Until(() => WorkerOf(show.Id) is { } other && other != worker, "another worker");
            Assert.False(show.HasExited);
            Assert.True(Brightness() > 10);
            double before = Brightness();
            Until(() => Math.Abs(Brightness() - before) > 0.05, "a picture that moves");
        }
        finally
        {
            show.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void AShadersEditIsSeenAndABrokenOneIsNot()
    {
        string config = Path.Combine(_scratch.Path, "config"), shaders = Path.Combine(config, "ainim", "shaders");
        Directory.CreateDirectory(shaders);
        string shader = Path.Combine(shaders, "vignette.frag"), good = File.ReadAllText(Path.Combine(Repository.Root, "shaders", "post", "vignette.frag"));
        using Process show = StartWith(new() { ["XDG_CONFIG_HOME"] = config }, "aurora", "--no-worker");
        try
        {
            Until(() => Brightness() > 10, "a picture");
            File.WriteAllText(shader, Painted(good, "vec3(1.0, 0.0, 0.0)"));
            Until(() => Colour() is var (red, green, blue) && red > 120 && green < 90 && blue < 90, "the red picture");
            File.WriteAllText(shader, Painted(good, "vec3(0.0, 0.0, no)"));
            File.WriteAllText(shader, Painted(good, "vec3(0.0, 0.0, 1.0)"));
            Until(() =>
            {
                (double red, double green, double blue) = Colour();
                Assert.True(red + blue > 100 && green < 90, $"{red}, {green}, {blue}");
                return blue > 120 && red < 90;
            }, "the blue picture");
        }
        finally
        {
            show.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The shader with another colour as its result.</summary>
    private static string Painted(string shader, string colour) => shader[..shader.LastIndexOf("return", StringComparison.Ordinal)] + $"return {colour};\n}}\n";

    private Process Start(params string[] arguments) => StartWith([], arguments);

    private Process StartWith(Dictionary<string, string> environment, params string[] arguments)
    {
        foreach ((string name, string value) in Here())
            environment.TryAdd(name, value);
        return Ainim.Start(["live", .. arguments, "--input", s_track, "--size", "320x180", "--fps", "30", "--midi", "none", "--osc", "0", "--transition-beats", "0", "--no-quantise"], environment, _scratch.Path);
    }

    private Dictionary<string, string> Here() => new() { ["DISPLAY"] = _server.Name, ["SDL_VIDEODRIVER"] = "x11", ["SDL_AUDIODRIVER"] = "dummy", ["TMPDIR"] = _scratch.Path };

    private void Until(Func<bool> so, string what)
    {
        try
        {
            XServer.Until(so, what, s_patience);
        }
        catch (Xunit.Sdk.XunitException)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"the screen shows {Colour()}");
            throw;
        }
    }

    /// <summary>What the show has written of itself; null before the first time.</summary>
    private StateOfShow? State()
    {
        if (Directory.GetDirectories(_scratch.Path, "ainim-live-*") is not [var folder] || !File.Exists(Path.Combine(folder, "state.json")))
            return null;
        using JsonDocument state = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "state.json")));
        JsonElement root = state.RootElement;
        return root.GetProperty("Preset").GetString() is { } preset
            ? new StateOfShow(preset, root.GetProperty("Process").GetInt32(), root.GetProperty("Rows").GetProperty("master/intensity").GetSingle())
            : null;
    }

    private static int[] ChildrenOf(int process) =>
        [.. Directory.GetDirectories($"/proc/{process}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    private static int? WorkerOf(int show) =>
        ChildrenOf(show).Select(id => (int?)id).FirstOrDefault(id => File.ReadAllText($"/proc/{id}/cmdline").Contains("\0worker\0", StringComparison.Ordinal));

    private double Brightness() => Colour() is var (red, green, blue) ? (red + green + blue) / 3 : 0;

    /// <summary>Mean where the show's window stands: the middle of the screen; 0..255.</summary>
    private (double Red, double Green, double Blue) Colour()
    {
        using Image screen = _server.Screen();
        ReadOnlySpan<byte> pixels = screen.Bytes;
        var sums = new long[3];
        int left = XServer.Width / 2 - 100, top = XServer.Height / 2 - 50;
        for (int y = top; y < top + 100; y++)
            for (int x = left; x < left + 200; x++)
                for (int c = 0; c < 3; c++)
                    sums[c] += pixels[(y * XServer.Width + x) * 4 + c];
        return (sums[0] / 20_000.0, sums[1] / 20_000.0, sums[2] / 20_000.0);
    }

    private sealed record StateOfShow(string Preset, int Process, float Intensity);
}
