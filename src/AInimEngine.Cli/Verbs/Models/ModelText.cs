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
        return $"{Name(card)} at {card.Resolution}x{card.Resolution}, {Count(ModelShapes.LatentLayers(card))}, {w}{classes}";
    }

    /// <summary>"1.5 MB", "10 kB".</summary>
    public static string Size(long bytes) => bytes < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    /// <summary>"0 input and 4x4, 1-2 8x8, 3-4 16x16": which latent layer steers what.</summary>
    public static string Layers(ModelCard card)
    {
        if (card.Architecture == ModelArchitecture.FastGan)
            return "0 all of it";
        var parts = new List<string> { card.Architecture == ModelArchitecture.Sm ? "0 layout" : "0 4x4" };
        for (int i = 1; i < card.Channels.Count; i++)
            parts.Add($"{2 * i - 1}-{2 * i} {4 << i}x{4 << i}");
        if (card.Architecture == ModelArchitecture.Sg2)
            parts.Add($"{2 * card.Channels.Count - 1} colour");
        return string.Join(", ", parts);
    }

    /// <summary>How a model was trained, by label; nothing of others.</summary>
    public static IEnumerable<(string Label, string Value)> Training(ModelCard card)
    {
        if (card.Training is not { } training)
            yield break;
        string from = training.From is { } start ? $", going on from {start}" : "";
        yield return ("trained", string.Create(CultureInfo.InvariantCulture, $"{training.Kimg:0.#} kimg in {training.Seconds / 60:0.#} min{from}"));
        yield return ("on", $"{training.Pictures} pictures, SHA-256 {training.DataHash}");
        yield return ("with", string.Join(", ", training.Settings.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}")));
        yield return ("measured", string.Join(", ", training.Metrics.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value:0.###}"))));
    }

    private static string Name(ModelCard card)
    {
        string name = ArchitectureName.Of(card.Architecture);
        return card.Architecture == ModelArchitecture.Sg2 && card.Synthesis != "skip" ? $"{name} ({card.Synthesis})" : name;
    }

    private static string Count(int count) => count == 1 ? "1 latent layer" : $"{count} latent layers";
}
