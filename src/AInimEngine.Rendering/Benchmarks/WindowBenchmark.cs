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

    /// <summary>
    /// Measures windows of 640x360, at the working size that the chain chooses and at half, and of 1280x720, and prints a
    /// table. The main thread; needs a display.
    /// </summary>
    public static void Run(TextWriter output) => Run(output, null, Frames,
        new PostChainSettings(640, 360, 320, 180, Blends: true),
        new PostChainSettings(640, 360, 320, 180, WorkScale: 0.5f, Blends: true),
        new PostChainSettings(1280, 720, 320, 180, Blends: true));

    /// <summary>Measures any chains.</summary>
    /// <param name="output">Gets the table.</param>
    /// <param name="server">X server; null for the environment's.</param>
    /// <param name="frames">Frames of each, 1 or more.</param>
    /// <param name="chains">Sizes; the window is as large as the chain's output.</param>
    public static void Run(TextWriter output, string? server, int frames, params ReadOnlySpan<PostChainSettings> chains)
    {
        using WindowSystem system = WindowSystem.Open(server);
        ShaderLibrary library = ShaderLibrary.Load();
        foreach (PostChainSettings settings in chains)
        {
            using GlWindow window = system.CreateWindow(new WindowSettings("AInimEngine benchmark", settings.Width, settings.Height, VSync: false));
            GlInfo info = system.Context.Info;
            output.WriteLine($"{info.Renderer}, {info.Version}, {info.Platform}, {info.EglVersion}");
            Measure(output, system, window, library, settings, frames);
        }
    }

    private static void Measure(TextWriter output, WindowSystem system, GlWindow window, ShaderLibrary library, PostChainSettings settings, int frames)
    {
        GlContext context = system.Context;
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

        double[][] times = [new double[frames], new double[frames], new double[frames], new double[frames]];
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
            context.Gl.Finish();
            long drawn = Stopwatch.GetTimestamp();
            presenter.Present(chain.Output, window);
            context.Gl.Finish();
            long presented = Stopwatch.GetTimestamp();
            window.Swap();
            long end = Stopwatch.GetTimestamp();
            if (i < 0)
                continue;
            times[0][i] = Stopwatch.GetElapsedTime(start, drawn).TotalMilliseconds;
            times[1][i] = Stopwatch.GetElapsedTime(drawn, presented).TotalMilliseconds;
            times[2][i] = Stopwatch.GetElapsedTime(presented, end).TotalMilliseconds;
            times[3][i] = Stopwatch.GetElapsedTime(start, end).TotalMilliseconds;
        }
        double perFrame = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / frames;
        string scale = settings.WorkScale is { } set ? set.ToString(CultureInfo.InvariantCulture) : "chosen";
        output.WriteLine($"window {window.Width}x{window.Height}, working size {scale}");
        output.WriteLine($"  {"step",-14}{"least ms",10}{"median ms",10}{"p99 ms",10}{"CPU ms",10}");
        foreach ((string step, int row) in new[] { ("chain", 0), ("present", 1), ("swap", 2), ("whole frame", 3) })
        {
            Array.Sort(times[row]);
            string spent = row == 3 ? perFrame.ToString("f2", CultureInfo.InvariantCulture) : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {step,-14}{times[row][0],10:f2}{times[row][frames / 2],10:f2}{times[row][(int)(0.99 * (frames - 1))],10:f2}{spent,10}"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  chain built in {builder.Steps} steps, {building:f0} ms, the longest {longest:f1} ms"));
    }
}
