using AInimEngine.Neural.Models;
using AInimEngine.Training.Measures;
using AInimEngine.Training.Reports;

namespace AInimEngine.Training.Runs;

/// <summary>One look at the running average: pictures of fixed latents, measured and shown.</summary>
/// <param name="Model">The running average, with statistics measured on it.</param>
/// <param name="Quality">How good its pictures are.</param>
/// <param name="Sheet">Where some of them can be seen.</param>
internal sealed record RunMeasure(Model Model, QualityReport Quality, string Sheet)
{
    /// <summary>Samples for a look while training goes on; the finished model's statistics are measured over more.</summary>
    public const int StatisticsSamples = 512;
    /// <summary>Takes a measure.</summary>
    /// <param name="parts">Of the run.</param>
    /// <param name="kimg">Thousands of pictures seen, which the sheet's name says.</param>
    public static RunMeasure Take(RunParts parts, double kimg)
    {
        int resolution = parts.Set.Resolution, columns = SampleSheet.Columns(resolution);
        Model model = parts.Trainer.Average(StatisticsSamples);
        float[] pictures = GeneratedPictures.Make(model, Math.Max(parts.Description.MeasurePictures, columns * columns), parts.Description.Settings.Seed, parts.Device);
        int size = 3 * resolution * resolution;
        QualityReport quality = parts.Meter.Measure(pictures.AsSpan(0, parts.Description.MeasurePictures * size));
        string sheet = Path.Combine(parts.Folder.SheetsPath, FormattableString.Invariant($"{kimg:0000.00}kimg.png"));
        SampleSheet.Save(SampleSheet.Draw(pictures.AsSpan(0, columns * columns * size), resolution, columns), sheet);
        return new RunMeasure(model, quality, sheet);
    }
}
