using System.Diagnostics;
using System.Globalization;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.Randomness;
using AInimEngine.Core.Time;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Benchmarks;

/// <summary>
/// Cost of the usual chain, pass by pass. On a software renderer the figure that counts is processor time over all
/// threads, because the generator and the encoder want the same cores; wall time is shown beside it.
/// </summary>
public static class RenderBenchmark
{
    private const int Rounds = 7, Repeats = 6;

    /// <summary>The chain that is measured: what a rich preset uses.</summary>
    public static IReadOnlyList<ShaderPass> UsualChain { get; } =
        [.. new[] { "displace", "feedback", "bloom", "grade", "grain", "vignette" }.Select(name => new ShaderPass(name, name, new Dictionary<string, float>()))];

    /// <summary>Measures at 1280x720 from a picture of 320x180 and prints a table. Makes its own context on this thread.</summary>
    public static void Run(TextWriter output) => Run(output, UsualChain, new PostChainSettings(1280, 720, 320, 180));

    /// <summary>Measures any chain.</summary>
    public static void Run(TextWriter output, IReadOnlyList<ShaderPass> passes, PostChainSettings settings)
    {
        using GlContext context = GlContext.CreateHeadless();
        output.WriteLine($"{context.Info.Renderer}, {context.Info.Version}, EGL {context.Info.Platform}");
        output.WriteLine($"{settings.SourceWidth}x{settings.SourceHeight} {settings.SourceFormat} to {settings.Width}x{settings.Height}");
        ShaderLibrary library = ShaderLibrary.Load();
        ControlFrame controls = Controls(library, passes);
        using var picture = new Image(settings.SourceWidth, settings.SourceHeight, settings.SourceFormat, settings.SourceColorSpace);
        FillWithNoise(picture);
        using var result = new Image(settings.Width, settings.Height, PixelFormat.Rgba8);
        using PostChain chain = PostChain.Create(context, library, passes, controls.Layout, settings);

        for (int i = 0; i < 3; i++)
            Frame(chain, controls, picture, result);
        Line(output, "pass", "size", "CPU ms", "wall ms");
        (double Cpu, double Wall) sum = Measure(context, () =>
        {
            chain.Upload(picture);
            chain.Begin(controls, 1);
        });
        Line(output, "upload", $"{settings.SourceWidth}x{settings.SourceHeight}", Text(sum.Cpu), Text(sum.Wall));
        for (int i = 0; i < chain.Passes.Count; i++)
        {
            int pass = i;
            (double cpu, double wall) = Measure(context, () => chain.RunPass(pass, controls));
            (string name, int width, int height) = chain.Passes[i];
            Line(output, name, $"{width}x{height}", Text(cpu), Text(wall));
            sum = (sum.Cpu + cpu, sum.Wall + wall);
        }
        (double readCpu, double readWall) = Measure(context, () =>
        {
            chain.BeginRead();
            chain.EndRead(result);
        });
        Line(output, "readback", $"{settings.Width}x{settings.Height}", Text(readCpu), Text(readWall));
        Line(output, "sum", "", Text(sum.Cpu + readCpu), Text(sum.Wall + readWall));
        (double frameCpu, double frameWall) = Measure(context, () => Frame(chain, controls, picture, result));
        Line(output, "whole frame", "", Text(frameCpu), Text(frameWall));
    }

    /// <summary>A frame that carries every parameter, as a preset's does, so that the driver cannot fold any.</summary>
    internal static ControlFrame Controls(ShaderLibrary library, IReadOnlyList<ShaderPass> passes)
    {
        var fields = new List<FrameField> { new("output.fade", 1, "", 0, 1, "") };
        var values = new List<float> { 1 };
        foreach (ShaderPass pass in passes)
        {
            ShaderDefinition shader = library.Get(pass.Shader);
            foreach (Parameter parameter in shader.Parameters)
            {
                string name = shader.ShortName(parameter);
                fields.Add(new FrameField(pass.FieldName(name), 1, parameter.Unit, parameter.Min, parameter.Max, ""));
                values.Add(pass.Values.TryGetValue(name, out float value) ? value : parameter.Default);
            }
        }
        var controls = new ControlFrame(new FrameLayout(fields)) { Time = new FrameTime(1, new Rational(30, 1)) };
        values.CopyTo(controls.Values);
        return controls;
    }

    private static void Frame(PostChain chain, ControlFrame controls, Image picture, Image result)
    {
        chain.Render(controls, picture);
        chain.BeginRead();
        chain.EndRead(result);
    }

    /// <summary>The best of several rounds: other programs only ever add time.</summary>
    private static (double CpuMilliseconds, double WallMilliseconds) Measure(GlContext context, Action action)
    {
        double cpu = double.MaxValue, wall = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            context.Gl.Finish();
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Repeats; i++)
            {
                action();
                context.Gl.Finish();
            }
            wall = Math.Min(wall, Stopwatch.GetElapsedTime(start).TotalMilliseconds / Repeats);
            cpu = Math.Min(cpu, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Repeats);
        }
        return (cpu, wall);
    }

    internal static void FillWithNoise(Image picture)
    {
        for (int i = 0; i < picture.ByteCount / Image.BytesPerPixel(picture.Format) * 3; i++)
        {
            float value = 0.1f + 0.8f * Philox.Uniform(1, 0, (ulong)(i / 48));
            if (picture.Format == PixelFormat.PlanarRgbF32)
                picture.As<float>()[i] = value;
            else if (picture.Format == PixelFormat.Rgba16F)
                picture.As<Half>()[i / 3 * 4 + i % 3] = (Half)value;
            else
                picture.Bytes[i / 3 * 4 + i % 3] = (byte)(255 * value);
        }
    }

    private static string Text(double value) => value.ToString("f2", CultureInfo.InvariantCulture);

    private static void Line(TextWriter output, string name, string size, string cpu, string wall) =>
        output.WriteLine($"{name,-28}{size,12}{cpu,10}{wall,10}");
}
