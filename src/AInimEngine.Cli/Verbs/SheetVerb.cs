using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Sheets;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim sheet</c>: a contact sheet of universes, of points in one universe, or of a journey.</summary>
public static class SheetVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var output = new Option<string>("--output", "-o") { Description = "The PNG to make.", DefaultValueFactory = _ => "sheet.png" };
        var preset = new Option<string?>("--preset", "-p") { Description = "Use this preset's style, palette and (with --points or --walk) universe." };
        var model = new Option<string?>("--model", "-m") { Description = "Name or file of a trained model: every picture is a point of its prior (as --points), or of a --walk." };
        var first = new Option<ulong>("--from") { Description = "First seed.", DefaultValueFactory = _ => 0UL };
        var count = new Option<int>("--count") { Description = "Number of pictures, 1 to 1024.", DefaultValueFactory = _ => 64 };
        var columns = new Option<int>("--columns") { Description = "Pictures in a row.", DefaultValueFactory = _ => 8 };
        var width = new Option<int>("--width") { Description = "Width of one picture, pixels; 16:9.", DefaultValueFactory = _ => 160 };
        var points = new Option<bool>("--points") { Description = "One universe, another latent point in every picture." };
        var walk = new Option<bool>("--walk") { Description = "One universe, even steps between latent points." };
        var universe = new Option<ulong?>("--universe") { Description = "The universe of --points and --walk; the preset's if not given." };
        var overwrite = new Option<bool>("--overwrite", "-y") { Description = "Replace the output if it exists." };
        var command = new Command("sheet", "Make a contact sheet of many seeds, to choose from: '--preset free --seed N' renders what it shows as N.") { output, preset, model, first, count, columns, width, points, walk, universe, overwrite };
        command.SetAction(parsed =>
        {
            bool walks = parsed.GetValue(walk), pointed = parsed.GetValue(points);
            if (walks && pointed)
                throw new AInimException(ExitCode.Usage, "--walk and --points are two kinds of sheet. Give one of them.");
            string? played = parsed.GetValue(model) ?? ModelOf(parsed.GetValue(preset));
            pointed |= played is not null && !walks;
            if (parsed.GetValue(universe) is not null && !walks && !pointed)
                throw new AInimException(ExitCode.Usage, "--universe goes with --points or --walk; otherwise every picture is a universe of its own, from --from on.");
            var request = new SheetRequest
            {
                Output = parsed.GetValue(output)!,
                Preset = parsed.GetValue(preset),
                Model = parsed.GetValue(model),
                FirstSeed = parsed.GetValue(first),
                Count = Within("--count", parsed.GetValue(count), 1, 1024),
                Columns = Math.Min(Within("--columns", parsed.GetValue(columns), 1, 64), Math.Max(1, parsed.GetValue(count))),
                Overwrite = parsed.GetValue(overwrite),
                Width = Within("--width", parsed.GetValue(width), 16, 1920),
                Kind = parsed.GetValue(walk) ? SheetKind.Walk : pointed ? SheetKind.Points : SheetKind.Universes,
                Universe = parsed.GetValue(universe),
            };
            ContactSheet.Make(request);
            Console.Out.WriteLine($"wrote {request.Output}: {request.Count} pictures, rows of {request.Columns}{(request.Kind == SheetKind.Universes ? $", from seed {request.FirstSeed}" : "")}");
            if (request is { Kind: SheetKind.Universes, Preset: null })
                Console.Out.WriteLine("'ainim render TRACK --preset free --seed N' plays universe N.");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string? ModelOf(string? preset) => preset is null ? null : Engine.Scene.ReadPreset(preset).Generator.Model?.Name;

    private static int Within(string option, int value, int min, int max) => value >= min && value <= max
        ? value
        : throw new AInimException(ExitCode.Usage, $"{option} {value} is outside {min}..{max}.");
}
