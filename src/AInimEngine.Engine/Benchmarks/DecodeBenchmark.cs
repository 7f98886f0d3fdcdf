using System.Diagnostics;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Neural.Benchmarks;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>Cost of decoding one picture, by size.</summary>
public static class DecodeBenchmark
{
    private static readonly (int Width, int Height)[] Sizes = [(160, 90), (320, 180), (480, 270), (640, 360)];

    /// <summary>Prints frames a second of the style networks, then milliseconds a picture of field, best and median of ten rounds.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="quick">Only the style networks that have a bar to meet, and no field.</param>
    public static void Run(TextWriter output, bool quick = false)
    {
        StyleDecodeBenchmark.Run(output, quick);
        if (quick)
            return;
        output.WriteLine();
        output.WriteLine($"{"generator",-22} {"size",9} {"best ms",8} {"median ms",10} {"CPU ms",7}");
        foreach ((int width, int height) in Sizes)
        {
            using IGenerator generator = Scene.CreateGenerator(null, null, width, height);
            using var picture = new Image(width, height, PixelFormat.Rgba16F);
            var frame = new ControlFrame(new FrameLayout(generator.Inputs)) { Time = new FrameTime(0, new Rational(30, 1)) };
            generator.Sample(1, frame.Values.AsSpan(0, generator.Latents.Size));
            generator.DefaultInputs(frame.Values.AsSpan(generator.Latents.Size));
            const int rounds = 10, pictures = 20;
            var times = new double[rounds];
            for (int i = 0; i < pictures; i++)
                generator.Decode(frame, [], picture);
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            for (int round = 0; round < rounds; round++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < pictures; i++)
                    generator.Decode(frame, [], picture);
                times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / pictures;
            }
            double cpuMilliseconds = (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / (rounds * pictures);
            Array.Sort(times);
            output.WriteLine($"{generator.Name,-22} {$"{width}x{height}",9} {times[0],8:f2} {times[rounds / 2],10:f2} {cpuMilliseconds,7:f2}");
        }
    }
}
