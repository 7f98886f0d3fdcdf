using System.Diagnostics;
using System.Globalization;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// In which numbers a model is decoded live, found by a short measurement: the smaller ones where they are faster and the
/// picture stays above 40 dB. Offline the preset or manifest fixes it, so that frames repeat.
/// </summary>
/// <param name="Precision">The choice.</param>
/// <param name="ExactSeconds">Fastest picture in float32.</param>
/// <param name="SmallSeconds">Fastest picture in the smaller numbers.</param>
/// <param name="Psnr">Of the smaller numbers against float32, decibels.</param>
/// <param name="Reason">In words, one line, for <c>doctor</c>.</param>
public sealed record PrecisionChoice(DecodePrecision Precision, double ExactSeconds, double SmallSeconds, double Psnr, string Reason)
{
    /// <summary>No picture may differ more from float32, decibels.</summary>
    public const double LeastPsnr = 40;

    // Less is not worth another picture.
    private const double LeastGain = 1.1;
    private const int Pictures = 5;

    /// <summary>Decodes some pictures both ways, in turn, and chooses. Takes a dozen pictures' time and twice the memory meanwhile.</summary>
    /// <param name="model">The model.</param>
    /// <param name="settings">As it will be decoded; its own precision is not used, and bends do not act.</param>
    public static PrecisionChoice Measure(Model model, DecodeSettings settings)
    {
        DecodePrecision small = settings.Device.Type == DeviceType.Cpu ? DecodePrecision.BFloat16 : DecodePrecision.Float16;
        DecodeSettings plain = settings with { Batch = 1, Bends = [] };
        using StyleDecoder exact = StyleDecoder.Create(model, plain with { Precision = DecodePrecision.Float32 });
        using StyleDecoder rounded = StyleDecoder.Create(model, plain with { Precision = small });
        var ws = new float[exact.Shape.Layers * exact.Shape.WDim];
        Philox.Normal(1, 1, ws);
        var first = new float[3 * exact.Width * exact.Height];
        var second = new float[first.Length];
        double exactSeconds = double.MaxValue, smallSeconds = double.MaxValue;
        for (int i = 0; i <= Pictures; i++)
        {
            double exactTime = Time(exact, ws, first), smallTime = Time(rounded, ws, second);
            if (i == 0)
                continue;
            exactSeconds = Math.Min(exactSeconds, exactTime);
            smallSeconds = Math.Min(smallSeconds, smallTime);
        }
        return Choose(small, exactSeconds, smallSeconds, PictureQuality.Psnr(first, second));
    }

    /// <summary>The rule alone.</summary>
    /// <param name="small">Which smaller numbers there are.</param>
    /// <param name="exactSeconds">A picture in float32.</param>
    /// <param name="smallSeconds">A picture in the smaller numbers.</param>
    /// <param name="psnr">Of the smaller numbers.</param>
    public static PrecisionChoice Choose(DecodePrecision small, double exactSeconds, double smallSeconds, double psnr)
    {
        string name = small == DecodePrecision.BFloat16 ? "bf16" : "fp16";
        string figures = string.Create(CultureInfo.InvariantCulture,
            $"{name} {smallSeconds * 1e3:f1} ms, fp32 {exactSeconds * 1e3:f1} ms a picture, {psnr:f0} dB");
        if (!(psnr >= LeastPsnr))
            return new(DecodePrecision.Float32, exactSeconds, smallSeconds, psnr, $"fp32, because {name} is below {LeastPsnr} dB ({figures})");
        return exactSeconds >= smallSeconds * LeastGain
            ? new(small, exactSeconds, smallSeconds, psnr, $"{name}, because it is faster ({figures})")
            : new(DecodePrecision.Float32, exactSeconds, smallSeconds, psnr, $"fp32, because {name} is no faster ({figures})");
    }

    private static double Time(StyleDecoder decoder, float[] ws, float[] planes)
    {
        long start = Stopwatch.GetTimestamp();
        decoder.Decode(ws, [1, 0], planes);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
