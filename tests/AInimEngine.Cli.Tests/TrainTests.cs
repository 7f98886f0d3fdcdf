using System.Diagnostics;
using System.Text.Json;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using AInimEngine.Media;

namespace AInimEngine.Cli.Tests;

/// <summary><c>ainim train</c> as a person uses it, at 16 pixels.</summary>
public sealed class TrainTests : IDisposable
{
    private const double IntervalMinutes = 0.01, WritingSeconds = 2;
    private readonly ScratchFolder _folder = new();
    private string? _disk;

    public void Dispose()
    {
        if (_disk is not null)
            Run("umount", _disk);
        _folder.Dispose();
    }

    [Fact]
    public void KilledAtAnyMomentItLosesAtMostOneIntervalAndLogsTheSame()
    {
        string pictures = Pictures();
        // Each in a process of its own: libtorch's threads are the process's, and sums depend on their number.
        Ainim.Result whole = Ainim.Run([.. Command(pictures, "whole"), "-q"]);
        Assert.True(whole.ExitCode == 0, whole.Error);

        double seen = 0, seconds = 0;
        for (ulong kill = 0; kill < 3; kill++)
        {
            using Process train = Ainim.Start(Command(pictures, "killed"));
            double target = seen + 0.05 + 0.5 * Philox.Uniform(11, 0, kill);
            (double began, seen, double reached) = WaitForKimg(train, target);
            train.Kill();
            train.WaitForExit();
            Assert.True(began >= seconds - IntervalMinutes * 60 - WritingSeconds, $"it had trained for {seconds} s and went on from {began} s");
            seconds = reached;
        }
        Ainim.Result last = Ainim.Run("train", "--resume", _folder["killed.safetensors"], "-q");
        Assert.True(last.ExitCode == 0, last.Error);
        Assert.Equal(Losses("whole"), Losses("killed"));
    }

    [Fact]
    public void StoppedItLeavesAModelThatPlaysAndSaysHowToGoOn()
    {
        string[] command = ["train", Pictures(), "-o", _folder["stopped.safetensors"], "--size", "16", "--width", "64", "--minutes", "30", "--json"];
        using Process train = Ainim.Start(command);
        WaitForKimg(train, 0.1);
        Signal(train, "-TERM");
        Ainim.Result result = Ainim.Finish(train);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("--resume", result.Error);

        string shown = AinimHere.Run("models", "show", _folder["stopped.safetensors"]).Output;
        Assert.Matches("(?m)^on +12 pictures", shown);
        Assert.Matches("(?m)^measured +diversity", shown);
        string wav = TestSound.WriteWav(_folder["a.wav"], TestSound.Tune(1));
        RenderTests.Succeeds("render", wav, "-o", _folder["v.mp4"], "--size", "96x54", "--model", _folder["stopped.safetensors"]);
        Assert.Equal("30", Ffmpeg.Stream(Ffmpeg.Probe(_folder["v.mp4"]), "video").GetProperty("nb_read_frames").GetString());

        Ainim.Result other = AinimHere.Run([.. command, "--seed", "3"]);
        Assert.Equal(4, other.ExitCode);
        Assert.Contains("other: --seed)", other.Error);
    }

    [Fact]
    public void AnOutputThatMayNotBeWrittenIsSaidInPlainWords()
    {
        _disk = _folder["locked"];
        Directory.CreateDirectory(_disk);
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", _disk))
        {
            _disk = null;
            Assert.Skip("a locked disk cannot be mounted here (needs root on Linux)");
        }
        string output = Path.Combine(_disk, "m.safetensors");
        Ainim.Result result = AinimHere.Run("train", Pictures(), "-o", output, "--size", "16");
        Assert.Equal(4, result.ExitCode);
        Assert.Equal($"ainim train: cannot write '{output}': Read-only file system. Choose another folder.", result.Error.Trim());
    }

    [Fact]
    public void ADiskThatFillsUpIsSaidAndTheRunGoesOnOnceThereIsRoom()
    {
        _disk = _folder["disk"];
        Directory.CreateDirectory(_disk);
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", _disk))
        {
            _disk = null;
            Assert.Skip("a small disk cannot be mounted here (needs root on Linux)");
        }
        string pictures = Pictures(), output = Path.Combine(_disk, "m.safetensors"), filler = Path.Combine(_disk, "filler");
        using Process train = Ainim.Start(["train", pictures, "-o", output, "--size", "16", "--width", "64", "--minutes", "30", "--checkpoint-minutes", "0.01", "--json"]);
        WaitForKimg(train, 0.1);
        Run("dd", "if=/dev/zero", "of=" + filler, "bs=64k");
        Ainim.Result full = Ainim.Finish(train);
        Assert.Equal(4, full.ExitCode);
        Assert.Contains("No space left on device", full.Error);

        File.Delete(filler);
        Ainim.Result resumed = AinimHere.Run("train", "--resume", output, "--minutes", "0.05", "-q");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.True(File.Exists(output));
    }

    [Fact]
    public void WhatCannotBeIsRefusedBeforeAnyWork()
    {
        string pictures = Pictures(), output = _folder["m.safetensors"];
        Refused(2, "nothing to learn from", "train", "-o", output);
        Refused(3, "no '", "train", _folder["nowhere"], "-o", output);
        Refused(2, "--size 48", "train", pictures, "-o", output, "--size", "48");
        Refused(2, "--minutes and --kimg", "train", pictures, "-o", output, "--minutes", "3", "--kimg", "3");
        Refused(2, ".safetensors", "train", pictures, "-o", _folder["m.pt"]);
        Refused(2, "--from", "train", pictures, "-o", output, "--grow");
        Refused(2, "--creative 1 ", "train", pictures, "-o", output, "--creative", "1");
        Refused(4, "does not exist", "train", pictures, "-o", _folder["none/m.safetensors"]);
        Refused(3, "no training run", "train", "--resume", output);
        Directory.CreateDirectory(_folder["few"]);
        for (int i = 0; i < 3; i++)
            File.Copy(Path.Combine(pictures, $"{i:d2}.png"), _folder[$"few/{i}.png"]);
        Refused(3, "it has 3 pictures", "train", _folder["few"], "-o", output);
        File.WriteAllText(output, "mine");
        Refused(4, "--overwrite", "train", pictures, "-o", output);
        Assert.Equal("mine", File.ReadAllText(output));
        Assert.Equal(["few", "m.safetensors", "pictures"], _folder.Names);
    }

    private string[] Command(string pictures, string name) =>
        ["train", pictures, "-o", _folder[name + ".safetensors"], "--size", "16", "--width", "64", "--kimg", "3", "--measure-kimg", "0.75", "--checkpoint-minutes", FormattableString.Invariant($"{IntervalMinutes}"), "--json"];

    private string Pictures()
    {
        string folder = _folder["pictures"];
        Directory.CreateDirectory(folder);
        for (int i = 0; i < 12; i++)
        {
            using var image = new Image(24, 24, PixelFormat.Rgba8);
            for (int at = 0; at < image.Bytes.Length; at++)
                image.Bytes[at] = at % 4 == 3 ? (byte)255 : (byte)(255 * Philox.Uniform(5, (ulong)i, (ulong)(at / 4 % 24 / 8 * 4 + at % 4)));
            ImageFile.Save(image, Path.Combine(folder, $"{i:d2}.png"));
        }
        return folder;
    }

    private void Refused(int code, string word, params string[] arguments)
    {
        Ainim.Result result = AinimHere.Run(arguments);
        Assert.True(result.ExitCode == code, $"{string.Join(' ', arguments)}: {result.ExitCode} {result.Error}");
        Assert.Contains(word, result.Error);
        Assert.Equal(1, result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => !line.StartsWith("warning", StringComparison.Ordinal)));
    }

    // Every line of the log, without times and memory.
    private string[] Losses(string name) => [.. File.ReadAllLines(_folder[$"{name}.training/log.jsonl"]).Select(line => string.Join(
        ", ", JsonDocument.Parse(line).RootElement.EnumerateObject().Where(entry => entry.Name is not ("seconds" or "pictures_per_second" or "memory_bytes")).Select(entry => entry.ToString())))];

    // Where the run began, in seconds of training, and where it was when so much was seen.
    private static (double Began, double Kimg, double Seconds) WaitForKimg(Process train, double kimg)
    {
        double began = double.NaN;
        while (train.StandardOutput.ReadLine() is { } line)
        {
            JsonElement json = JsonDocument.Parse(line).RootElement;
            string? name = json.GetProperty("event").GetString();
            if (name == "plan")
                began = json.GetProperty("doneSeconds").GetDouble();
            if (name == "progress" && json.GetProperty("kimg").GetDouble() is var seen && seen >= kimg)
                return (began, seen, json.GetProperty("seconds").GetDouble());
            Assert.NotEqual("done", name);
        }
        throw new InvalidOperationException("the training ended before it was stopped: " + train.StandardError.ReadToEnd());
    }

    private static void Signal(Process train, string signal) => Assert.True(Run("kill", signal, $"{train.Id}"));

    private static bool Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
