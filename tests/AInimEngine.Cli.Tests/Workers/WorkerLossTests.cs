using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Cli.Tests.Workers;

/// <summary>One after the other with the other tests of workers: some look for what is left behind.</summary>
[Collection("workers")]
public sealed class WorkerLossTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheShowKeepsTheLastPictureThroughCrashesAndHangsAndGoesOn()
    {
        using IGenerator here = Rig.Here();
        using var warnings = new Warnings();
        using WorkerGenerator generator = Rig.Start(Rig.Settings with
        {
            Loss = WorkerLoss.KeepPicture, Warnings = warnings, Deadline = TimeSpan.FromSeconds(1.5), FirstBackOff = TimeSpan.FromMilliseconds(1),
        });
        ControlFrame frame = Rig.Frame(generator, 3);
        using var image = new Image(64, 36, PixelFormat.Rgba16F);
        byte[] third = Rig.Picture(here, 3);
        int losses = 0;
        foreach ((string signal, string words) in new[] { ("SEGV", "SIGSEGV"), ("KILL", "SIGKILL"), ("STOP", "did not make a picture within 1.5 s") })
        {
            byte[] last = Rig.Picture(generator, (ulong)losses);
            Assert.NotEqual(third, last);
            int worker = generator.WorkerId!.Value;
            Rig.Signal(worker, signal);
            // A fault comes again at the same instruction once the runtime's own handler has stepped aside; a signal does not,
            // and one that comes before the first was seen counts for nothing.
            if (signal == "SEGV")
            {
                Assert.Equal(last, Rig.Picture(here, generator, (ulong)losses));
                Rig.Signal(worker, signal);
            }
            if (signal != "STOP")
                Rig.WaitForEnd(worker);
            image.Bytes.Fill(0x55);
            generator.Decode(frame, [], image);
            Assert.Equal(last, image.Bytes.ToArray());
            Assert.Contains(words, warnings.Lines[losses], StringComparison.Ordinal);
            Rig.WaitForEnd(worker);

            Assert.True(generator.WaitUntilReady(s_patience), generator.LossReason);
            Assert.False(generator.IsRestarting);
            Assert.Equal(++losses, generator.Restarts);
            Assert.NotEqual(worker, generator.WorkerId);
            generator.Decode(frame, [], image);
            Assert.Equal(third, image.Bytes.ToArray());
        }
        Assert.Equal(losses, warnings.Lines.Count);
    }

    [Fact]
    public void AFilmFailsWithTheReasonInTheMiddleOfAPictureAndTheNextPictureStartsAgain()
    {
        using IGenerator here = Rig.Here();
        using WorkerGenerator generator = Rig.Start(Rig.Settings);
        byte[] first = Rig.Picture(generator, 1);
        int worker = generator.WorkerId!.Value;
        // Ctrl-C of the terminal is not the worker's to obey.
        Rig.Signal(worker, "INT");
        Rig.Signal(worker, "TERM");
        Assert.Equal(first, Rig.Picture(generator, 1));

        Rig.Signal(worker, "STOP");
        ControlFrame frame = Rig.Frame(here, 2);
        Exception? loss = null;
        var film = new Thread(() =>
        {
            using var image = new Image(64, 36, PixelFormat.Rgba16F);
            loss = Record.Exception(() => generator.Decode(frame, [], image));
        });
        film.Start();
        Rig.Signal(worker, "KILL");
        film.Join();
        Assert.Contains("SIGKILL", Assert.IsType<GeneratorLostException>(loss).Message, StringComparison.Ordinal);
        Assert.True(generator.IsRestarting);
        Assert.Equal(Rig.Picture(here, 2), Rig.Picture(generator, 2));
        Assert.Equal(1, generator.Restarts);
        Assert.False(generator.IsRestarting);
    }

    [Fact]
    public void AWorkerThatDoesNotStartAgainIsTriedUntilItDoes()
    {
        string permit = _folder["permit"], script = _folder["worker.sh"];
        File.WriteAllText(script, $"if [ -e '{permit}' ]; then exec {string.Join(' ', Rig.Settings.Command.Select(word => $"'{word}'"))} \"$1\"; fi\necho 'no permit' >&2\nexit 9\n");
        File.WriteAllText(permit, "");
        using var warnings = new Warnings();
        using WorkerGenerator generator = WorkerGenerator.Start(
            new WorkerSettings(["/bin/sh", script]) { Loss = WorkerLoss.KeepPicture, Warnings = warnings, FirstBackOff = TimeSpan.FromMilliseconds(1) }, Rig.Field.ToJson());
        byte[] first = Rig.Picture(generator, 1);
        ControlFrame frame = Rig.Frame(generator, 2);
        int worker = generator.WorkerId!.Value;
        File.Delete(permit);
        Rig.Signal(worker, "KILL");
        Rig.WaitForEnd(worker);
        using var image = new Image(64, 36, PixelFormat.Rgba16F);
        using var larger = new Image(128, 72, PixelFormat.Rgba16F);
        generator.Decode(frame, [], image);
        warnings.Next(s_patience);
        warnings.Next(s_patience);
        Assert.Contains("exit code 9 ('no permit')", warnings.Lines[1], StringComparison.Ordinal);
        Assert.True(generator.IsRestarting);
        Assert.Null(generator.WorkerId);
        generator.Decode(frame, [], image);
        generator.Decode(frame, [], larger);
        Assert.Equal(first, image.Bytes.ToArray());
        Assert.Equal(Doubled(image), larger.Bytes.ToArray());
        File.WriteAllText(permit, "");
        Assert.True(generator.WaitUntilReady(s_patience));
        Assert.Equal(2, warnings.Lines.Count);
    }

    // A worker that fails before it is one: what people read, and that nothing stays behind.
    [Theory]
    [InlineData("exit 3", "it ended with exit code 3")]
    [InlineData("echo 'something broke.' >&2; exit 1", "it ended with exit code 1 ('something broke')")]
    [InlineData("kill -ABRT $$", "it was ended by SIGABRT")]
    [InlineData("exec sleep 600", "it did not start within 0.3 s and was killed")]
    [InlineData("printf X; exec sleep 600", "it answered 88, which means nothing, and was killed")]
    [InlineData("printf K; read line", "what it says of itself makes no sense")]
    [InlineData("printf E; read line", "it failed and did not say why")]
    [InlineData("exec >/dev/null; read line", "it closed its pipe and was killed")]
    public void AWorkerThatIsNoneIsLostInWords(string script, string words)
    {
        WorkerSettings settings = new(["/bin/sh", "-c", script]) { StartDeadline = TimeSpan.FromSeconds(script.Contains("600", StringComparison.Ordinal) && script[0] == 'e' ? 0.3 : 60), Farewell = TimeSpan.FromSeconds(0.2) };
        string message = Assert.Throws<GeneratorLostException>(() => Rig.Start(settings)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.Contains("Run the same command again", message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles("/dev/shm", $"ainim-{Environment.ProcessId}-*"));
    }

    [Fact]
    public void AProgramThatIsNotThereIsSaidSo() => Assert.Contains(
        "cannot start the generator's process '/nowhere/ainim'",
        Assert.Throws<AInimException>(() => Rig.Start(new WorkerSettings(["/nowhere/ainim"]))).Message, StringComparison.Ordinal);

    [Fact]
    public void WhatIsWrongWithTheGeneratorIsSaidAsInOneProcess()
    {
        FieldSettings wrong = Rig.Field.Field! with { Palette = "nothing" };
        AInimException here = Assert.Throws<AInimException>(() => FieldGenerator.Create(wrong));
        AInimException there = Assert.Throws<AInimException>(() => WorkerGenerator.Start(Rig.Settings, (Rig.Field with { Field = wrong }).ToJson()));
        Assert.Equal((here.Message, here.ExitCode), (there.Message, there.ExitCode));
    }

    // Every pixel of 8 bytes four times.
    private static byte[] Doubled(Image image)
    {
        ReadOnlySpan<ulong> pixels = image.As<ulong>();
        var doubled = new ulong[pixels.Length * 4];
        for (int i = 0; i < doubled.Length; i++)
            doubled[i] = pixels[i / (2 * image.Width) / 2 * image.Width + i % (2 * image.Width) / 2];
        return System.Runtime.InteropServices.MemoryMarshal.AsBytes(doubled.AsSpan()).ToArray();
    }

    private sealed class Warnings : IWarningSink, IDisposable
    {
        private readonly SemaphoreSlim _said = new(0);

        public List<string> Lines { get; } = [];

        public void Warn(string message)
        {
            Lines.Add(message);
            _said.Release();
        }

        public void Next(TimeSpan patience) => Assert.True(_said.Wait(patience));

        public void Dispose() => _said.Dispose();
    }
}
