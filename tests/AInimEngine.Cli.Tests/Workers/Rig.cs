using System.Diagnostics;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Neural;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Cli.Tests.Workers;

/// <summary>Workers of the built command line that play the field, and what is done to them.</summary>
internal static class Rig
{
    private static readonly string s_ainim = Path.Combine(AppContext.BaseDirectory, "ainim.dll");

    internal static GeneratorDescription Field => new() { Field = new FieldSettings { Universe = 7, Width = 64, Height = 36 } };

    internal static WorkerSettings Settings => new(["dotnet", "exec", s_ainim, "worker"]);

    internal static WorkerGenerator Start(WorkerSettings settings) => WorkerGenerator.Start(settings, Field.ToJson());

    /// <summary>A frame with everything that a generator reads, among other fields, moved by a number.</summary>
    internal static ControlFrame Frame(IGenerator generator, ulong number)
    {
        var frame = new ControlFrame(new FrameLayout([new FrameField("other", 3, "", 0, 1, ""), .. generator.Inputs, new FrameField("more", 2, "", 0, 1, "")]));
        int start = frame.Layout.OffsetOf(LatentLayout.FieldName);
        generator.Sample(number, frame.Values.AsSpan(start, generator.Latents.Size));
        generator.DefaultInputs(frame.Values.AsSpan(start + generator.Latents.Size, frame.Layout.OffsetOf("more") - start - generator.Latents.Size));
        frame.Time = new FrameTime((long)number, new Rational(30, 1));
        return frame;
    }

    internal static byte[] Picture(IGenerator generator, ulong number, int width = 64, int height = 36, PixelFormat format = PixelFormat.Rgba16F) =>
        Picture(generator, generator, number, width, height, format);

    /// <summary>A picture whose controls another generator gives.</summary>
    internal static byte[] Picture(IGenerator other, IGenerator generator, ulong number, int width = 64, int height = 36, PixelFormat format = PixelFormat.Rgba16F)
    {
        using var image = new Image(width, height, format);
        generator.Decode(Frame(other, number), [], image);
        return image.Bytes.ToArray();
    }

    /// <summary>A generator of this process, as the worker makes it.</summary>
    internal static IGenerator Here()
    {
        Torch.NumThreads = Field.Threads;
        return FieldGenerator.Create(Field.Field!);
    }

    /// <summary>Waits until a process has ended.</summary>
    internal static void WaitForEnd(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        }
        catch (ArgumentException)
        {
            // It had ended.
        }
    }

    /// <summary>Sends a signal: "KILL", "SEGV", "STOP".</summary>
    internal static void Signal(int process, string signal)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
