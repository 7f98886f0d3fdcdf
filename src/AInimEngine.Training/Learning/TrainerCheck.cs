using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Learning;

/// <summary>Refuses settings, pictures and starts that do not fit together, in words.</summary>
internal static class TrainerCheck
{
    /// <summary>Checks them.</summary>
    /// <exception cref="AInimException">They do not fit together.</exception>
    public static void Check(TrainingSettings settings, TrainingSet pictures, TrainingStart? start)
    {
        Require(int.IsPow2(settings.Resolution) && settings.Resolution is >= 16 and <= 1024, $"cannot train at {settings.Resolution} pixels. Pass a power of two from 16 to 1024.");
        Require(settings.Architecture is ModelArchitecture.Sm or ModelArchitecture.Sg2, "FastGAN models are played, not trained. Pass sm or sg2.");
        Require(settings.Width / settings.Resolution >= 1, $"a width of {settings.Width} leaves no channels at {settings.Resolution} pixels. Pass at least {settings.Resolution}.");
        Require(settings.Batch >= 1, $"a batch of {settings.Batch} holds no picture. Pass at least 1.");
        Require(settings.R1Every >= 1, $"the gradient penalty cannot come every {settings.R1Every} steps. Pass at least 1.");
        Require(pictures.Count > 0, "there are no pictures to learn from.");
        Require(pictures.Resolution == settings.Resolution, $"the pictures are of {pictures.Resolution} pixels and the training of {settings.Resolution}. Prepare them for that size.");
        int labels = Math.Max(settings.Classes, settings.CreativeClasses);
        Require(labels == 0 || pictures.Labels.Length == pictures.Count, "classes need pictures in sub-folders, one folder a class.");
        foreach (int label in pictures.Labels)
            Require(labels == 0 || (settings.Classes == 0 || label < settings.Classes) && (settings.CreativeClasses == 0 || label < settings.CreativeClasses), $"a picture is of class {label}, and the training knows {labels}.");
        if (start is { Generator.Card: var card })
        {
            Require(
                card.Architecture == settings.Architecture && card.Resolution == settings.Resolution && card.ZDim == settings.LatentSize && card.Classes == settings.Classes,
                $"the model '{card.Name}' is {card.Architecture} of {card.Resolution} pixels, {card.ZDim} numbers of z and {card.Classes} classes, and the training asks for {settings.Architecture} of {settings.Resolution}, {settings.LatentSize} and {settings.Classes}.");
        }
    }

    private static void Require(bool isMet, string message)
    {
        if (!isMet)
            throw new AInimException(ExitCode.Input, message);
    }
}
