using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Models;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore blend</c>: a model between two of the same shape.</summary>
public static class ExploreBlend
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var first = new Argument<string>("first") { Description = "Name or path." };
        var second = new Argument<string>("second") { Description = "Name or path; best one that was trained from the first." };
        var output = new Option<string>("--output", "-o") { Description = "Name of the new model, or a path ending in .safetensors.", Required = true };
        var weight = new Option<double>("--weight") { Description = "Share of the second, 0 to 1.", DefaultValueFactory = _ => 0.5 };
        var from = new Option<int>("--from") { Description = "Blend only layers from this resolution up: 32 keeps the first's shapes.", DefaultValueFactory = _ => 4 };
        var to = new Option<int>("--to") { Description = "Blend only layers up to this resolution.", DefaultValueFactory = _ => 1024 };
        var mapping = new Option<double?>("--mapping") { Description = "Share of the second's mapping network; the weight if all layers are blended, else 0." };
        var overwrite = new Option<bool>("--overwrite", "-y") { Description = "Replace a model of that name." };
        var command = new Command("blend", "Blend two models of the same shape into a new one, by weight or by layer.") { first, second, output, weight, from, to, mapping, overwrite };
        command.SetAction(parsed =>
        {
            double share = Share("--weight", parsed.GetValue(weight));
            int low = parsed.GetValue(from), high = parsed.GetValue(to);
            if (low > high)
                throw new AInimException(ExitCode.Usage, $"--from {low} is above --to {high}.");
            double ofMapping = Share("--mapping", parsed.GetValue(mapping) ?? (low <= 4 && high >= 1024 ? share : 0));
            string name = parsed.GetValue(output)!, target = name.EndsWith(ModelFile.Extension, StringComparison.OrdinalIgnoreCase)
                ? name
                : Path.Combine(InstalledModels.UserFolder, Plain(name) + ModelFile.Extension);
            ModelFile.CheckTarget(target, parsed.GetValue(overwrite));
            ModelLibrary library = InstalledModels.Library();
            Model blended;
            try
            {
                blended = ModelBlend.Blend(library.Open(parsed.GetValue(first)!), library.Open(parsed.GetValue(second)!), Path.GetFileNameWithoutExtension(target),
                    resolution => resolution is { } r ? (r >= low && r <= high ? share : 0) : ofMapping);
            }
            catch (ArgumentException error)
            {
                throw new AInimException(ExitCode.Input, $"cannot blend '{parsed.GetValue(first)}' and '{parsed.GetValue(second)}': {error.Message.Split(" (Parameter")[0]}. Choose models of one shape.", error);
            }
            ModelFile.Save(blended, target, parsed.GetValue(overwrite));
            Console.Out.WriteLine($"wrote {target}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static double Share(string option, double value) => value is >= 0 and <= 1
        ? value
        : throw new AInimException(ExitCode.Usage, $"{option} is a share from 0 to 1.");

    private static string Plain(string name) => name.Length is > 0 and <= 100 && !name.Contains('/', StringComparison.Ordinal) && name[0] is not ('.' or '-') && !name.Any(char.IsControl)
        ? name
        : throw new AInimException(ExitCode.Usage, $"-o takes a name, or a path that ends in {ModelFile.Extension}; '{name}' is neither.");
}
