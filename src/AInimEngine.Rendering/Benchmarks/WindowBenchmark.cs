using System.Diagnostics;
using System.Globalization;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Presenting;
using AInimEngine.Rendering.Shaders;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Rendering.Benchmarks;

/// <summary>
/// Cost of a whole frame of a live show in a real window: the generator's picture twelve times a second, blended, through the
/// usual chain, presented, swapped. Wall time counts here, and processor time over all threads of the program is beside it:
/// what the window system spends is its own.
/// </summary>
public static class WindowBenchmark
{
    private const int Frames = 120, Warm = 10, GeneratorEvery = 5;

    /// <summary>Measures at 640x360 and 1280x720 and prints a table. The main thread; needs a display.</summary>
    public static void Run(TextWriter output) => Run(output, null, Frames, (640, 360), (1280, 720));

    /// <summary>Measures any sizes.</summary>
    /// <param name="output">Gets the table.</param>
    /// <param name="server">X server; null for the environment's.</param>
    /// <param name="frames">Frames to a size, 1 or more.</param>
    /// <param name="sizes">Sizes of the window and of the chain.</param>
    public static void Run(TextWriter output, string? server, int frames, params ReadOnlySpan<(int Width, int Height)> sizes)
    {
        using WindowSystem system = WindowSystem.Open(server);
        ShaderLibrary library = ShaderLibrary.Load();
        bool told = false;
        foreach ((int width, int height) in sizes)
        {
            using GlWindow window = system.CreateWindow(new WindowSettings("AInimEngine benchmark", width, height, VSync: false));
            GlContext context = system.Context;
            if (!told)
            {
                output.WriteLine($"{context.Info.Renderer}, {context.Info.Version}, {system.Driver}, {context.Info.EglVersion}");
                output.WriteLine($"{"size",-12}{"step",-12}{"median ms",10}{"p99 ms",10}{"CPU ms",10}");
            }
            told = true;
            Measure(output, system, window, library, frames);
        }
    }

    private static void Measure(TextWriter output, WindowSystem system, GlWindow window, ShaderLibrary library, int frames)
    {
        GlContext context = system.Context;
        var settings = new PostChainSettings(window.Width, window.Height, 320, 180, Blends: true);
        ControlFrame controls = RenderBenchmark.Controls(library, RenderBenchmark.UsualChain);
        using var picture = new Image(settings.SourceWidth, settings.SourceHeight, settings.SourceFormat, settings.SourceColorSpace);
        RenderBenchmark.FillWithNoise(picture);

        using var builder = new PostChainBuilder(context, library, RenderBenchmark.UsualChain, controls.Layout, settings);
        double longest = 0;
        long begun = Stopwatch.GetTimestamp();
        for (bool more = true; more;)
        {
            long start = Stopwatch.GetTimestamp();
            more = builder.Step();
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        double building = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        using PostChain chain = builder.Take();
        using var presenter = new PicturePresenter(context);

        double[] whole = new double[frames], draw = new double[frames], swap = new double[frames];
        TimeSpan cpu = default;
        for (int i = -Warm; i < frames; i++)
        {
            if (i == 0)
                cpu = Environment.CpuUsage.TotalTime;
            while (system.TryRead(out _))
            {
            }
            controls.Time = new FrameTime(i + Warm, new Rational(60, 1));
            long start = Stopwatch.GetTimestamp();
            if ((i + Warm) % GeneratorEvery == 0)
                chain.Upload(picture);
            chain.Render(controls, (i + Warm) % GeneratorEvery / (float)GeneratorEvery);
            presenter.Present(chain.Output, window);
            context.Gl.Finish();
            long drawn = Stopwatch.GetTimestamp();
            window.Swap();
            long end = Stopwatch.GetTimestamp();
            if (i < 0)
                continue;
            draw[i] = Stopwatch.GetElapsedTime(start, drawn).TotalMilliseconds;
            swap[i] = Stopwatch.GetElapsedTime(drawn, end).TotalMilliseconds;
            whole[i] = Stopwatch.GetElapsedTime(start, end).TotalMilliseconds;
        }
        double perFrame = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / frames;
        string size = $"{window.Width}x{window.Height}";
        Line(output, size, "draw", draw, null);
        Line(output, size, "swap", swap, null);
        Line(output, size, "whole frame", whole, perFrame);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size,-12}chain built in {builder.Steps} steps, {building:f0} ms, the longest {longest:f1} ms"));
    }

    private static void Line(TextWriter output, string size, string step, double[] times, double? cpu)
    {
        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{size,-12}{step,-12}{times[times.Length / 2],10:f2}{times[(int)(0.99 * (times.Length - 1))],10:f2}{cpu,10:f2}"));
    }
}
