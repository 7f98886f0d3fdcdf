using System.Globalization;
using AInimEngine.Neural.Models;

namespace AInimEngine.Cli.Verbs.Models;

/// <summary>Says what a model is, in words.</summary>
public static class ModelText
{
    /// <summary>"StyleGAN2 at 256x256, 10 layers, w 512, 3 classes".</summary>
    public static string Summary(ModelCard card)
    {
        string classes = card.Classes == 0 ? "" : $", {card.Classes} classes";
        string w = card.WDim == card.ZDim ? $"w {card.WDim}" : $"z {card.ZDim}, w {card.WDim}";
        return $"{Name(card)} at {card.Resolution}x{card.Resolution}, {Layers(ModelShapes.LatentLayers(card))}, {w}{classes}";
    }

    /// <summary>"1.5 MB".</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    private static string Name(ModelCard card) => card.Architecture switch
    {
        ModelArchitecture.Sm => "SM",
        ModelArchitecture.Sg2 => card.Synthesis == "skip" ? "StyleGAN2" : $"StyleGAN2 ({card.Synthesis})",
        _ => "FastGAN",
    };

    private static string Layers(int count) => count == 1 ? "1 latent layer" : $"{count} latent layers";
}
