using AInimEngine.Core.Errors;
using AInimEngine.Media.Muxing;
using AInimEngine.Neural.Models;

namespace AInimEngine.Training.Runs;

/// <summary>Refuses what cannot be, before any work goes into it.</summary>
internal static class RequestCheck
{
    private const double MostMinutes = 60 * 24 * 30, MostKimg = 1_000_000;

    /// <summary>Checks the dials and where the model goes.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="found">The run that belongs to the output, if there is one.</param>
    /// <exception cref="AInimException">Says what to do about the first thing found.</exception>
    public static void Check(TrainingRequest request, RunDescription? found)
    {
        if (!request.Output.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase))
            throw new AInimException(ExitCode.Usage, $"a model's file ends in {ModelFile.Extension}; '{request.Output}' does not. Pass -o {Path.GetFileNameWithoutExtension(request.Output)}{ModelFile.Extension}");
        if (request.Size is { } size && (!int.IsPow2(size) || size is < 16 or > 1024))
            throw new AInimException(ExitCode.Usage, $"--size {size} is no size of a model. Pass 16, 32, 64, 128, 256, 512 or 1024.");
        if (request is { Minutes: not null, Kimg: not null })
            throw new AInimException(ExitCode.Usage, "--minutes and --kimg both say how long. Pass one of them.");
        Within("--minutes", request.Minutes, 0.01, MostMinutes);
        Within("--kimg", request.Kimg, 0.001, MostKimg);
        Within("--width", request.Width, 16, 65536);
        Within("--checkpoint-minutes", request.CheckpointMinutes, 0.001, 60);
        Within("--measure-kimg", request.MeasureKimg, 0.001, MostKimg);
        if (request.Creative is { } styles && styles is not 0 and (< 2 or > 64))
            throw new AInimException(ExitCode.Usage, $"--creative {styles} is no number of styles. Pass 2 to 64, or no number for the sub-folders' own.");
        if (request is { Classes: true, Creative: > 0 })
            throw new AInimException(ExitCode.Usage, "with --classes the sub-folders are the styles. Pass --creative without a number.");
        if (request is { Grow: true, From: null })
            throw new AInimException(ExitCode.Usage, "--grow makes a model larger. Say which with --from MODEL.");
        if (request.Architecture == ModelArchitecture.FastGan)
            throw new AInimException(ExitCode.Usage, "FastGAN models are played, not trained. Pass --architecture sm or sg2.");
        if (!Path.Exists(request.Data))
            throw new AInimException(ExitCode.Input, $"there is no '{request.Data}'. Pass a folder of pictures, or a film.");
        // A run's own output may be replaced by it.
        Finisher.CheckOutput(request.Output, request.Overwrite || found is not null);
        ModelFile.CheckTarget(request.Output, request.Overwrite || found is not null);
    }

    /// <summary>Refuses to go on with a run under other dials.</summary>
    /// <exception cref="AInimException">Something differs; the message names it.</exception>
    public static void CheckSame(TrainingRequest request, RunDescription found)
    {
        if (found.Differences(request) is { Count: > 0 } other)
            throw new AInimException(ExitCode.Output, $"an unfinished training of '{request.Output}' with other settings lies beside it (other: {string.Join(", ", other)}). Go on with it: ainim train --resume {request.Output}; or start over with --overwrite, or choose another output.");
    }

    private static void Within(string option, double? value, double least, double most)
    {
        if (value is { } number && !(number >= least && number <= most))
            throw new AInimException(ExitCode.Usage, FormattableString.Invariant($"{option} {number:g6} is outside {least:g6}..{most:g6}."));
    }
}
