using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Tests;

/// <summary>
/// The other end of <see cref="LifetimeTests"/>: this assembly started with AINIM_MEDIA_HOST set is no test run but a
/// process that encodes and decodes until it is told to finish, or killed.
/// </summary>
internal static class HostMode
{
    public const string Variable = "AINIM_MEDIA_HOST";

#pragma warning disable CA2255 // The runner owns Main; this is the only place before it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Run()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        if (folder is null)
            return;
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Console.WriteLine("interrupted");
        });
        using var frame = new Image(64, 64, PixelFormat.Rgba8);
        using VideoEncoder encoder = VideoEncoder.Start(new EncoderSettings(64, 64, new Rational(30, 1)), Path.Combine(folder, "s.mp4"));
        encoder.Write(frame);
        using AudioFile sound = AudioFile.Open(Path.Combine(folder, "long.wav"));
        Console.WriteLine(string.Join(' ', sound.ProcessIds.Append(encoder.ProcessId).Select(id => id.ToString(CultureInfo.InvariantCulture))));
        Console.ReadLine();
        encoder.Write(frame);
        encoder.Finish();
        Console.WriteLine("finished");
        Console.Out.Flush();
        Environment.Exit(0);
    }
}
