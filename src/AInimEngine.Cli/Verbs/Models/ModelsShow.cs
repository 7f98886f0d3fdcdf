using System.CommandLine;
using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Neural.Models;

namespace AInimEngine.Cli.Verbs.Models;

/// <summary><c>ainim models show</c>: a model's card, layers and size.</summary>
public static class ModelsShow
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("model") { Description = "Name or path." };
        var arrays = new Option<bool>("--arrays") { Description = "List every array too." };
        var command = new Command("show", "Check a model and print what it is: card, layers, size.") { name, arrays };
        command.SetAction(parsed =>
        {
            string path = InstalledModels.Library().Resolve(parsed.GetValue(name)!);
            Write(ModelFile.Open(path), path, parsed.GetValue(arrays));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Write(Model model, string path, bool showArrays)
    {
        ModelCard card = model.Card;
        Line("name", card.Name);
        Line("network", ModelText.Summary(card));
        Line("layers", ModelText.Layers(card));
        if (card.MappingLayers > 0)
            Line("mapping", string.Create(CultureInfo.InvariantCulture, $"{card.MappingLayers} layers, learning-rate multiplier {card.MappingMultiplier}"));
        Line("channels", string.Join(", ", card.Channels.Select((channels, i) => $"{4 << i}: {channels}")));
        if (card.ConvClamp is { } clamp)
            Line("conv_clamp", clamp.ToString(CultureInfo.InvariantCulture));
        foreach ((string key, string value) in card.Extra.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Line(key, value);
        if (card.ClassNames.Count > 0)
            Line("classes", string.Join(", ", card.ClassNames.Select((className, i) => $"{i} {className}")));
        Line("parameters", model.Arrays.Sum(array => array.Count).ToString("N0", CultureInfo.InvariantCulture));
        Line("arrays", $"{model.Arrays.Count}, {string.Join(" and ", model.Arrays.Select(array => array.Type).Distinct().Order())}, {ModelText.Size(model.Arrays.Sum(array => (long)array.Data.Length))}");
        Line("file", $"{path}, {ModelText.Size(new FileInfo(path).Length)}");
        if (card.Source is { } source)
            Line("source", $"{source}, SHA-256 {card.SourceHash}");
        foreach ((string key, string value) in ModelText.Training(card))
            Line(key, value);
        Line("licence", card.Licence ?? "not known; ask whoever made it");
        if (!showArrays)
            return;
        Console.Out.WriteLine();
        foreach (WeightArray array in model.Arrays.OrderBy(array => array.Name, StringComparer.Ordinal))
            Console.Out.WriteLine($"{array.Name,-44} [{string.Join(", ", array.Shape)}] {array.Type}");
    }

    private static void Line(string key, string value) => Console.Out.WriteLine($"{key,-12} {value}");
}
