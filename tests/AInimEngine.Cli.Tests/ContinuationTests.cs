using System.Diagnostics;
using System.Text.Json;

namespace AInimEngine.Cli.Tests;

/// <summary>A killed render goes on with the same command and gives the same frames.</summary>
public sealed class ContinuationTests : IDisposable
{
    private const int Frames = 1800, FewerFrames = 900;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void KilledAtSeveralPointsItContinuesWithTheSameFrames()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(Frames / 30));
        RenderTests.Succeeds(Command(wav, "whole"));
        string[] whole = File.ReadAllLines(_folder["whole.txt"]);
        Assert.Equal(Frames, whole.Length);

        long furthest = 0;
        foreach (long target in (long[])[40, 400, 800, 1000])
        {
            Assert.False(File.Exists(_folder["killed.mp4"]));
            long first = KillAfter(target, Command(wav, "killed"));
            Assert.True(first >= furthest, "a later run starts no earlier");
            furthest = first;
        }
        Assert.True(furthest >= 600, $"the last run continued at frame {furthest}");

        Ainim.Result result = Ainim.Run(Command(wav, "killed"));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(whole, File.ReadAllLines(_folder["killed.txt"]));
        Assert.Equal($"{Frames}", Ffmpeg.Stream(Ffmpeg.Probe(_folder["killed.mp4"]), "video").GetProperty("nb_read_frames").GetString());
        Assert.DoesNotContain(_folder.Names, name => name.Contains("work"));
    }

    [Fact]
    public void ATerminationSignalStopsCleanlyAndSaysHowToContinue()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(Frames / 30));
        using Process render = Ainim.Start(Command(wav, "stopped"));
        WaitForFrame(render, 170);
        Signal(render, "-TERM");
        Ainim.Result result = Ainim.Finish(render);

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("same command continues", result.Error);
        Assert.False(File.Exists(_folder["stopped.mp4"]));
    }

    [Fact]
    public void AnUnfinishedRenderOfSomethingElseIsOnlyThrownAwayWithOverwrite()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(Frames / 30));
        KillAfter(200, Command(wav, "v"));
        string[] other = [.. Command(wav, "v"), "--seed", "5", "--to", "2"];
        Ainim.Result refused = Ainim.Run(other);
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains($"of {Frames} frames", refused.Error);

        Ainim.Result result = Ainim.Run([.. other, "--overwrite"]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("warning", result.Error);
        Assert.Equal(60, File.ReadAllLines(_folder["v.txt"]).Length);
    }

    [Fact]
    public void TwoRendersOfOneOutputDoNotMeet()
    {
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(FewerFrames / 30));
        using Process first = Ainim.Start(Command(wav, "v"));
        WaitForFrame(first, 20);

        // The first must not be done before the second has asked.
        Signal(first, "-STOP");
        Ainim.Result second = Ainim.Run(Command(wav, "v"));
        Signal(first, "-CONT");
        Assert.Equal(4, second.ExitCode);
        Assert.Contains("another ainim", second.Error);
        Assert.Equal(0, Ainim.Finish(first).ExitCode);
        Assert.Equal(FewerFrames, File.ReadAllLines(_folder["v.txt"]).Length);
    }

    private string[] Command(string wav, string name) =>
        ["render", wav, "-o", _folder[name + ".mp4"], "--size", "96x54", "--hashes", _folder[name + ".txt"], "--json"];

    // Kills with SIGKILL once the progress passes a frame; gives the frame that the run started at.
    private static long KillAfter(long frame, string[] command)
    {
        using Process render = Ainim.Start(command);
        long first = WaitForFrame(render, frame);
        render.Kill();
        render.WaitForExit();
        return first;
    }

    private static void Signal(Process render, string signal)
    {
        using Process kill = Process.Start("kill", [signal, $"{render.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static long WaitForFrame(Process render, long frame)
    {
        long first = 0;
        while (render.StandardOutput.ReadLine() is { } line)
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            string? name = json.GetProperty("event").GetString();
            if (name == "plan")
                first = json.GetProperty("firstFrame").GetInt64();
            if (name == "progress" && json.GetProperty("stage").GetString() == "rendering" && json.GetProperty("framesDone").GetInt64() is var done && done >= frame && done < json.GetProperty("frames").GetInt64())
                return first;
            Assert.NotEqual("done", name);
        }
        throw new InvalidOperationException("the render ended before it was killed: " + render.StandardError.ReadToEnd());
    }
}
