using System.Diagnostics;

namespace AInimEngine.Cli.Tests;

/// <summary>What cannot be rendered is refused in one line, with its exit code, and leaves nothing behind.</summary>
public sealed class RefusalTests : IDisposable
{
    private const int Usage = 2, Input = 3, Output = 4, Preset = 5, Environment = 6;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AMissingFile() => Refused(Input, ["nothing.mp3"], ["render", _folder["nothing.mp3"], "-o", _folder["v.mp4"]]);

    [Fact]
    public void AnEmptyFile()
    {
        File.WriteAllBytes(_folder["empty.mp3"], []);
        Refused(Input, ["empty.mp3", "empty"], ["render", _folder["empty.mp3"], "-o", _folder["v.mp4"]]);
    }

    [Fact]
    public void APipeOrADeviceIsNotOpened()
    {
        using (Process made = Process.Start("mkfifo", [_folder["pipe.wav"]]))
            made.WaitForExit();
        Refused(Input, ["pipe.wav"], ["render", _folder["pipe.wav"], "-o", _folder["v.mp4"]]);
        Refused(Input, ["/dev/zero"], ["render", "/dev/zero", "-o", _folder["v.mp4"]]);
        Refused(Preset, ["pipe.wav"], ["render", Tune(), "-o", _folder["v.mp4"], "--preset", _folder["pipe.wav"]]);
    }

    [Fact]
    public void ATextFileNamedMp3()
    {
        File.WriteAllText(_folder["poem.mp3"], "Roses are red,\nviolets are blue,\nthis is no sound,\nwhat did you do?\n");
        Refused(Input, ["poem.mp3"], ["render", _folder["poem.mp3"], "-o", _folder["v.mp4"]]);
    }

    [Fact]
    public void AVideoWithoutSound()
    {
        Ffmpeg.Run("-f", "lavfi", "-i", "testsrc=size=64x64:duration=1", _folder["mute.mp4"]);
        Refused(Input, ["mute.mp4", "h264"], ["render", _folder["mute.mp4"], "-o", _folder["v.mp4"]]);
    }

    [Fact]
    public void ASoundOfNoLength()
    {
        TestSound.WriteWav(_folder["none.wav"], []);
        Refused(Input, ["none.wav"], ["render", _folder["none.wav"], "-o", _folder["v.mp4"]]);
    }

    [Fact]
    public void ARangeAfterTheEnd() =>
        Refused(Input, ["--from"], ["render", Tune(), "-o", _folder["v.mp4"], "--from", "100"]);

    [Theory]
    [InlineData("{ \"version\": 1, \"name\": \"x\",\n  \"motoin\": {} }", "line 2 column 3", "motoin")]
    [InlineData("{ \"version\": 1, \"name\": \"x\",\n\n \"motion\": { \"speed\": 1e9 } }", "line 3 column", "speed")]
    [InlineData("{ \"version\": 1, \"name\": \"x\",\n \"motion\": { \"speed\": ", "line 2 column", "")]
    public void APresetWithAFault(string json, string where, string what)
    {
        File.WriteAllText(_folder["x.json"], json);
        Refused(Preset, ["x.json", where, what], ["render", Tune(), "-o", _folder["v.mp4"], "--preset", _folder["x.json"]]);
    }

    [Fact]
    public void AnUnknownPresetNamesTheOnesThereAre() =>
        Refused(Preset, ["auora", "aurora"], ["render", Tune(), "-o", _folder["v.mp4"], "--preset", "auora"]);

    [Fact]
    public void AShaderWithAnErrorNamesFileLineAndReason()
    {
        Directory.CreateDirectory(_folder["config/ainim/shaders"]);
        string grade = File.ReadAllText(Path.Combine(Repository.Root, "shaders", "post", "grade.frag"));
        int line = grade.TrimEnd().Split('\n').Length;
        File.WriteAllText(_folder["config/ainim/shaders/grade.frag"], grade.TrimEnd() + "\nfloat broken() { return undeclared_thing; }\n");
        Refused(
            Preset,
            ["grade.frag", $"line {line + 1}", "undeclared_thing"],
            ["render", Tune(), "-o", _folder["v.mp4"]],
            new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _folder["config"] });
    }

    [Fact]
    public void AShaderWithABrokenHeaderHarmsOnlyWhatUsesIt()
    {
        Directory.CreateDirectory(_folder["config/ainim/shaders"]);
        File.WriteAllText(_folder["config/ainim/shaders/bad.frag"], "// @kind nonsense\nvoid main() {}\n");
        var environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _folder["config"] };
        Ainim.Result result = Ainim.Run(["render", Tune(0.2), "-o", _folder["v.mp4"], "--size", "160x90"], environment, null);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("bad.frag", result.Error);

        File.Move(_folder["config/ainim/shaders/bad.frag"], _folder["config/ainim/shaders/grade.frag"]);
        Refused(Preset, ["grade.frag"], ["render", Tune(), "-o", _folder["w.mp4"]], environment);
    }

    [Theory]
    [InlineData("--size", "161x90")]
    [InlineData("--size", "huge")]
    [InlineData("--fps", "0")]
    [InlineData("--fps", "fast")]
    [InlineData("--from", "-1")]
    [InlineData("--codec", "theora")]
    [InlineData("--fade", "x")]
    [InlineData("--from", "1,5")]
    [InlineData("--seed", "-1")]
    [InlineData("--sync-offset", "1e99")]
    public void AnOptionThatCannotBe(string option, string value) =>
        Refused(Usage, [value], ["render", Tune(), "-o", _folder["v.mp4"], option, value]);

    [Fact]
    public void ACoverThatIsNotThereIsMissedBeforeTheFirstPicture() =>
        Refused(Input, ["nope.png"], ["render", Tune(), "-o", _folder["v.mp4"], "--cover", _folder["nope.png"]]);

    [Fact]
    public void AContainerThatCannotHoldTheCodec() =>
        Refused(Usage, ["prores", ".mp4"], ["render", Tune(), "-o", _folder["v.mp4"], "--codec", "prores"]);

    [Fact]
    public void AnExistingOutputIsKeptUnlessOverwriteIsSaid()
    {
        File.WriteAllText(_folder["v.mp4"], "precious");
        Refused(Output, ["v.mp4", "--overwrite"], ["render", Tune(), "-o", _folder["v.mp4"]], leaves: ["v.mp4"]);
        Assert.Equal("precious", File.ReadAllText(_folder["v.mp4"]));
    }

    [Fact]
    public void AnOutputWhereNothingCanBeWritten()
    {
        Refused(Output, ["nowhere"], ["render", Tune(), "-o", _folder["nowhere/v.mp4"]]);
        Refused(Output, ["/proc/v.mp4"], ["render", Tune(), "-o", "/proc/v.mp4"]);
    }

    [Fact]
    public void MissingFfmpeg()
    {
        Directory.CreateDirectory(_folder["bin"]);
        Refused(
            Environment,
            ["ffmpeg", "apt-get install ffmpeg"],
            ["render", Tune(), "-o", _folder["v.mp4"]],
            new Dictionary<string, string> { ["PATH"] = _folder["bin"] },
            leaves: ["bin"]);
    }

    [Fact]
    public void MissingEgl() => Refused(
        Environment,
        ["EGL", "libegl1"],
        ["render", Tune(), "-o", _folder["v.mp4"]],
        new Dictionary<string, string> { ["AINIM_EGL"] = "/nonexistent/libEGL.so.1" });

    [Fact]
    public void AFullDiskStopsWithTheReason()
    {
        string mount = _folder["tiny"];
        Directory.CreateDirectory(mount);
        using (Process mounted = Process.Start("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", mount]))
            mounted.WaitForExit();
        if (!File.ReadLines("/proc/mounts").Any(line => line.Contains(mount)))
            Assert.Skip("this machine does not allow a small file system to be mounted");
        try
        {
            Ainim.Result result = Ainim.Run("render", Tune(20), "-o", Path.Combine(mount, "v.mkv"), "--size", "320x180", "--codec", "ffv1");
            Assert.Equal(Output, result.ExitCode);
            Assert.Contains("space", OneLine(result), StringComparison.OrdinalIgnoreCase);
            Assert.Empty(Directory.EnumerateFileSystemEntries(mount));

            Fill(Path.Combine(mount, "others"));
            result = Ainim.Run("render", Tune(), "-o", Path.Combine(mount, "v.mkv"), "--size", "320x180", "--codec", "ffv1");
            Assert.Equal(Output, result.ExitCode);
            Assert.Contains("space", OneLine(result), StringComparison.OrdinalIgnoreCase);
            Assert.Equal(["others"], Directory.EnumerateFileSystemEntries(mount).Select(Path.GetFileName));
        }
        finally
        {
            using Process unmounted = Process.Start("umount", [mount]);
            unmounted.WaitForExit();
        }
    }

    [Fact]
    public void FfmpegKilledMidWayEndsTheRenderWithALineAndWithoutAHang()
    {
        using Process render = Ainim.Start(["render", Tune(60), "-o", _folder["v.mp4"], "--size", "160x90", "--json"]);
        while (render.StandardOutput.ReadLine() is { } line && !line.Contains("\"rendering\"", StringComparison.Ordinal))
        {
        }

        // Between two segments there is none to kill.
        int killed = 0;
        var patience = Stopwatch.StartNew();
        while (killed == 0 && !render.HasExited && patience.Elapsed < TimeSpan.FromSeconds(60))
            killed = KillEncodersOf(render.Id);
        Assert.Equal(1, killed);
        Ainim.Result result = null!;
        var finished = new Thread(() => result = Ainim.Finish(render)) { IsBackground = true };
        finished.Start();
        Assert.True(finished.Join(TimeSpan.FromSeconds(60)), "the render ended");
        Assert.Equal(Output, result.ExitCode);
        Assert.Contains("ffmpeg", OneLine(result));
        Assert.False(File.Exists(_folder["v.mp4"]));
    }

    // Until not one byte more fits.
    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (int size in (int[])[4096, 1])
        {
            try
            {
                for (int i = 0; i < 1 << 20; i++)
                    file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }

    private string Tune(double seconds = 1)
    {
        string path = _folder["tune.wav"];
        if (!File.Exists(path))
            TestSound.WriteWav(path, TestSound.Tune(seconds));
        return path;
    }

    private void Refused(int code, string[] says, string[] arguments, Dictionary<string, string>? environment = null, string[]? leaves = null)
    {
        // User folders are the test's own, so that what lies on this machine cannot matter.
        environment ??= [];
        environment.TryAdd("XDG_CONFIG_HOME", _folder["config"]);
        string[] before = [.. _folder.Names];
        Ainim.Result result = Ainim.Run(arguments, environment, null);
        string line = OneLine(result);
        Assert.True(result.ExitCode == code, $"exit {result.ExitCode}, expected {code}: {line}");
        foreach (string word in says)
            Assert.Contains(word, line);
        Assert.Equal(before.Union(leaves ?? []).Order(StringComparer.Ordinal), _folder.Names);
    }

    private static string OneLine(Ainim.Result result)
    {
        string[] lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] errors = [.. lines.Where(line => !line.StartsWith("warning: ", StringComparison.Ordinal))];
        Assert.True(errors.Length == 1, $"one line, but: {result.Error}");
        Assert.StartsWith("ainim render: ", errors[0]);
        return errors[0];
    }

    // Children of the render that write a segment.
    private static int KillEncodersOf(int parent)
    {
        int killed = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out int id))
                continue;
            try
            {
                string command = File.ReadAllText(Path.Combine(folder, "cmdline"));
                if (command.Contains("segment-", StringComparison.Ordinal) && command.StartsWith("ffmpeg", StringComparison.Ordinal) | command.Contains("/ffmpeg\0", StringComparison.Ordinal) && Ancestors(id).Contains(parent))
                {
                    // Stopped first: one that has just ended by itself would be killed without any harm.
                    using (Process stop = Process.Start("kill", ["-STOP", $"{id}"]))
                        stop.WaitForExit();
                    SpinWait.SpinUntil(() => State(id) is 'T' or 't' or 'Z' or 'X', TimeSpan.FromSeconds(10));
                    bool lives = State(id) is 'T' or 't';
                    using Process process = Process.GetProcessById(id);
                    process.Kill();
                    killed += lives ? 1 : 0;
                    break;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
            {
                // It ended between two looks.
            }
        }
        return killed;
    }

    private static char State(int id)
    {
        string stat = File.ReadAllText($"/proc/{id}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    private static IEnumerable<int> Ancestors(int id)
    {
        while (id > 1)
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            id = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
            yield return id;
        }
    }
}
