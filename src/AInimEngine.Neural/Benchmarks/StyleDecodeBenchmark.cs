using System.Diagnostics;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Benchmarks;

/// <summary>
/// Pictures a second of the style networks, by size and precision, beside the plain formulation through the same binding.
/// The forms take turns picture by picture, so what else the machine does falls on all of them; best and median of ten.
/// </summary>
public static class StyleDecodeBenchmark
{
    private const int Rounds = 10;

    private static readonly (string Name, int Resolution, Func<int, Model> Make, bool Quick)[] Models =
    [
        ("SM base 1024", 256, r => RandomStyleModel.Sm(r, 1024, 128, 128), true),
        ("SM base 2048", 256, r => RandomStyleModel.Sm(r, 2048, 128, 128), false),
        ("SM base 2048", 512, r => RandomStyleModel.Sm(r, 2048, 128, 128), false),
        ("SG2 base 2048", 256, r => RandomStyleModel.Sg2(r, 2048, 128, 128), false),
        ("SG2 base 4096", 256, r => RandomStyleModel.Sg2(r, 4096, 128, 128), true),
        ("SG2 base 4096", 512, r => RandomStyleModel.Sg2(r, 4096, 128, 128), false),
        ("SG2 base 16384 (paper)", 256, r => RandomStyleModel.Sg2(r, 16384, 512, 512), true),
    ];

    /// <summary>Measures and prints.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="quick">Only the models with a bar to meet.</param>
    public static void Run(TextWriter output, bool quick)
    {
        TorchInfo info = TorchInfo.Read();
        output.WriteLine($"libtorch {info.Version}, {info.Threads} threads, {StyleDecoder.Kernels}");
        output.WriteLine($"{"network",-22} {"size",5} {"form",-6} {"best fps",9} {"median",7} {"best ms",8} {"median",7} {"CPU ms",7} {"faster than plain",18} {"CPU",5} {"PSNR dB",8}");
        foreach ((string name, int resolution, Func<int, Model> make, bool inQuick) in Models)
        {
            if (!quick || inQuick)
                One(output, name, resolution, make(resolution));
        }
    }

    private static void One(TextWriter output, string name, int resolution, Model model)
    {
        (string Name, DecodeForm Form, DecodePrecision Precision)[] forms =
        [
            ("plain", DecodeForm.Plain, DecodePrecision.Float32),
            ("fp32", DecodeForm.Fastest, DecodePrecision.Float32),
            ("bf16", DecodeForm.Fastest, DecodePrecision.BFloat16),
        ];
        var decoders = new StyleDecoder[forms.Length];
        try
        {
            for (int i = 0; i < forms.Length; i++)
                decoders[i] = StyleDecoder.Create(model, new DecodeSettings { Precision = forms[i].Precision, Noise = NoiseMode.Const }, forms[i].Form);
            (double[][] times, double[] cpu) = Measure(decoders, out float[][] planes);
            for (int i = 0; i < forms.Length; i++)
            {
                double best = times[i][0], median = times[i][Rounds / 2];
                string faster = i == 0 ? "" : $"{times[0][0] / best:f2} / {times[0][Rounds / 2] / median:f2}";
                string psnr = forms[i].Precision == DecodePrecision.Float32 ? "" : $"{PictureQuality.Psnr(planes[1], planes[i]):f1}";
                output.WriteLine($"{name,-22} {resolution,5} {forms[i].Name,-6} {1 / best,9:f1} {1 / median,7:f1} {best * 1e3,8:f2} {median * 1e3,7:f2} {cpu[i] * 1e3,7:f1} {faster,18} {(i == 0 ? "" : $"{cpu[0] / cpu[i]:f2}"),5} {psnr,8}");
            }
        }
        finally
        {
            foreach (StyleDecoder? decoder in decoders)
                decoder?.Dispose();
        }
    }

    private static (double[][] Times, double[] Cpu) Measure(StyleDecoder[] decoders, out float[][] planes)
    {
        var ws = new float[decoders[0].Shape.Layers * decoders[0].Shape.WDim];
        Philox.Normal(1, 1, ws);
        float[] controls = [1, 0];
        planes = [.. decoders.Select(decoder => new float[3 * decoder.Width * decoder.Height])];
        double[][] times = [.. decoders.Select(_ => new double[Rounds])];
        var cpu = new double[decoders.Length];
        for (int round = -2; round < Rounds; round++)
        {
            for (int i = 0; i < decoders.Length; i++)
            {
                TimeSpan used = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                decoders[i].Decode(ws, controls, planes[i]);
                if (round < 0)
                    continue;
                times[i][round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                cpu[i] += (Environment.CpuUsage.TotalTime - used).TotalSeconds / Rounds;
            }
        }
        foreach (double[] row in times)
            Array.Sort(row);
        return (times, cpu);
    }
}
