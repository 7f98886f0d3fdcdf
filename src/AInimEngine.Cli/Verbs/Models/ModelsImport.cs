using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Neural.Models;

namespace AInimEngine.Cli.Verbs.Models;

/// <summary><c>ainim models import</c>: converts a checkpoint once to safetensors and a card.</summary>
public static class ModelsImport
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A .pkl of StyleGAN2-ADA or StyleGAN3's tools, a rosinality or FastGAN checkpoint, or a safetensors file." };
        var output = new Option<string>("--output", "-o") { Description = "Name of the model, or a path ending in .safetensors; the file's name if left out." };
        var half = new Option<bool>("--half") { Description = "Store matrices and kernels as 16-bit floats: half the size." };
        var licence = new Option<string>("--licence") { Description = "What you know of the licence, for the card." };
        var names = new Option<string>("--class-names") { Description = "Names of the classes in order, separated by commas." };
        var overwrite = new Option<bool>("--overwrite", "-y") { Description = "Replace a model of that name." };
        var command = new Command("import", "Convert a checkpoint to a model: safetensors and a card. Nothing in the file is run.") { file, output, half, licence, names, overwrite };
        command.SetAction(parsed =>
        {
            string source = parsed.GetValue(file)!, target = Target(parsed.GetValue(output) ?? Path.GetFileNameWithoutExtension(source));
            RefuseToHide(target, parsed.GetValue(overwrite));
            // Before minutes of work, not after them.
            ModelFile.CheckTarget(target, parsed.GetValue(overwrite));
            Model model = ModelFile.Open(source);
            ModelCard card = model.Card;
            if (parsed.GetValue(licence) is { } text)
                card = card with { Licence = text };
            if (parsed.GetValue(names) is { } list)
                card = card with { ClassNames = ClassNames(list, card) };
            model = new Model(card, model.Arrays);
            if (parsed.GetValue(half))
                model = ModelConversion.ToHalf(model);
            ModelFile.Save(model, target, parsed.GetValue(overwrite));
            Console.Out.WriteLine($"wrote {target}: {ModelText.Summary(model.Card)}, {ModelText.Size(new FileInfo(target).Length)}");
            if (card.Licence is { } note)
                Console.Out.WriteLine($"licence: {note}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    // A model of the user's is found before a shipped one, so presets made for that would silently play this.
    private static void RefuseToHide(string target, bool overwrite)
    {
        string shipped = Path.Combine(Installation.Presets, "models", Path.GetFileName(target));
        if (!overwrite && File.Exists(shipped) && Path.GetDirectoryName(target) == InstalledModels.UserFolder)
        {
            throw new AInimException(ExitCode.Output,
                $"a model named '{Path.GetFileNameWithoutExtension(target)}' comes with AInimEngine, and yours would hide it from presets. Choose another name with -o, or pass -y.");
        }
    }

    private static string Target(string nameOrPath)
    {
        if (nameOrPath.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase))
            return nameOrPath;
        if (nameOrPath.Contains('/', StringComparison.Ordinal))
            throw new AInimException(ExitCode.Usage, $"-o takes a name, or a path that ends in {ModelFile.Extension}; '{nameOrPath}' is neither.");
        if (nameOrPath.Length is 0 or > 100 || !nameOrPath.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.') || nameOrPath[0] is '.' or '-')
            throw new AInimException(ExitCode.Usage, $"'{nameOrPath}' is no name for a model. Pass one of letters, digits, '-', '_' and '.' with -o.");
        return Path.Combine(InstalledModels.UserFolder, nameOrPath + ModelFile.Extension);
    }

    private static string[] ClassNames(string list, ModelCard card)
    {
        string[] names = [.. list.Split(',').Select(name => name.Trim())];
        return names.Length == card.Classes
            ? names
            : throw new AInimException(ExitCode.Usage, card.Classes == 0 ? "--class-names: this model has no classes." : $"--class-names names {names.Length} of {card.Classes} classes; name them all, in order, separated by commas.");
    }
}
