using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;
using AInimEngine.Neural.Latents;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore move</c>: a point, moved along directions, to look at and to keep.</summary>
public static class ExploreMove
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = new ExploreOptions("moved.png");
        var point = new Argument<string>("point") { Description = "A seed, or a favourite." };
        var along = new Option<string>("--along") { Description = "Directions and how far, 1 the right end of the strip: coarse-1:0.5,fine-2:-1.", Required = true };
        var directions = new Option<string>("--directions") { Description = "The file that 'ainim explore directions' made.", DefaultValueFactory = _ => "directions.json" };
        var name = new Option<string?>("--name") { Description = "Keep it as a favourite of this name, for presets." };
        var command = new Command("move", "Move a point along directions that were found; see it beside where it was, and keep it.") { point, along, directions, name };
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed);
            DirectionList list = DirectionFile.Read(parsed.GetValue(directions)!);
            using ExploreModel model = options.Open(parsed);
            if (parsed.GetValue(name) is { } wanted)
                model.CheckNewFavourite(wanted, options.Overwrite(parsed));
            LatentPoint from = model.Find(parsed.GetValue(point)!);
            LatentPoint moved = DirectionMoves.Move(model, from, list, parsed.GetValue(along)!);
            if (parsed.GetValue(name) is { } kept)
                model.AddFavourite(kept, moved.W, null, $"{from.Name} along {moved.Name}");
            ExploreSheets.Points(model, [from, moved], 2, options.Size(parsed), $"{model.Name}: moved", output);
            Console.Out.WriteLine($"wrote {output}: {from.Name}, and along {moved.Name}");
            if (parsed.GetValue(name) is { } favourite)
                Console.Out.WriteLine($"kept '{favourite}' in {model.FavouritesPath}");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
