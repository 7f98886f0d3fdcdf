using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Runs;

/// <summary>Derives what is computed from what was asked for and from what the pictures are.</summary>
internal static class RunSettings
{
    private const int CpuWidth = 2048, GpuWidth = 8192, MostCpuChannels = 128, MostGpuChannels = 256;
    private const int FewPictures = 300, FrozenWhenTuning = 3;

    /// <summary>Settings of a run; speed decides the rest, see <see cref="SpeedTest"/>.</summary>
    /// <param name="request">The dials.</param>
    /// <param name="set">The pictures.</param>
    /// <param name="start">What it goes on from, of the run's own size; null for nothing.</param>
    /// <param name="isGpu">Whether it runs on a GPU.</param>
    public static TrainingSettings Derive(TrainingRequest request, TrainingSet set, RunStart? start, bool isGpu)
    {
        int batch = TrainingRecipe.Batch(set.Resolution);
        var settings = new TrainingSettings
        {
            Architecture = start?.Model.Card.Architecture ?? request.Architecture,
            Resolution = set.Resolution,
            Width = request.Width ?? (isGpu ? GpuWidth : CpuWidth),
            MostChannels = isGpu ? MostGpuChannels : MostCpuChannels,
            Classes = request.Classes ? set.ClassNames.Count : 0,
            CreativeClasses = request.Creative is null ? 0 : set.ClassNames.Count,
            Batch = batch,
            Loss = request.Loss,
            R1Gamma = TrainingRecipe.R1Gamma(set.Resolution),
            AverageKimg = TrainingRecipe.AverageKimg(batch),
            Cutout = set.Count < FewPictures,
            Mirror = request.Mirror,
            Seed = request.Seed,
        };
        settings = settings.Architecture == ModelArchitecture.Sg2
            ? settings with { GeneratorRate = 0.002, StyleMixing = 0.9, PathLengthWeight = isGpu ? 2 : 0 }
            : TrainingRecipe.WithRates(settings, goesOn: start is not null);
        return start is null ? settings : GoOn(settings, request, start);
    }

    /// <summary>About how many weights generator and discriminator have together.</summary>
    public static long Parameters(TrainingSettings settings)
    {
        long count = 0;
        for (int r = 4; r <= settings.Resolution; r *= 2)
        {
            long channels = Math.Min(settings.Width / r, settings.MostChannels);
            // Two convolutions an octave each, the generator's with twice the channels behind them where they are gated.
            count += channels * channels * 9 * (settings.Architecture == ModelArchitecture.Sm ? 4 + 2 : 2 + 2) + 16 * channels * settings.LatentSize;
        }
        long deepest = Math.Min(settings.Width / 4, settings.MostChannels);
        return count + deepest * deepest * 16 + deepest * 2 * 16 * settings.LatentSize;
    }

    private static TrainingSettings GoOn(TrainingSettings settings, TrainingRequest request, RunStart start)
    {
        ModelCard card = start.Model.Card;
        if (card.Classes != settings.Classes)
            throw new AInimException(ExitCode.Usage, card.Classes == 0
                ? $"'{request.From}' has no classes. Leave out --classes, or train from nothing."
                : $"'{request.From}' has {card.Classes} classes and the pictures {settings.Classes}. Pass --classes and {card.Classes} sub-folders.");
        settings = settings with
        {
            Width = request.Width ?? RunStart.Width(card),
            MostChannels = card.Channels.Max(),
            LatentSize = card.ZDim,
            MappingLayers = card.MappingLayers,
        };
        // A network that grew has new layers to learn, at its full rate.
        if (request.Grow)
            return settings with { AverageRamp = 0, GeneratorRate = settings.GeneratorRate * 2 };
        return settings with
        {
            GeneratorRate = settings.Architecture == ModelArchitecture.Sg2 ? settings.GeneratorRate / 2 : settings.GeneratorRate,
            DiscriminatorRate = settings.DiscriminatorRate / 2,
            AverageRamp = 0,
        };
    }

    /// <summary>Settings of fine-tuning with a discriminator that knows: what it sees of small things stays (Mo et al. 2020).</summary>
    public static TrainingSettings Freeze(TrainingSettings settings, RunStart? start, bool isGrown) =>
        start?.Learning.Discriminator is null || isGrown ? settings : settings with { FrozenBlocks = FrozenWhenTuning };
}
