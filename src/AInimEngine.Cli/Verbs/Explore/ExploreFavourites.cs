using System.CommandLine;
using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;
using AInimEngine.Neural.Latents.Favourites;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore favourites</c>: named points of a model, which presets can use as places.</summary>
public static class ExploreFavourites
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Command list = List("list", "List them."), command = List("favourites", "Named points of a model, which presets can visit; lists them when nothing else is asked.");
        command.Subcommands.Add(list);
        command.Subcommands.Add(Add());
        command.Subcommands.Add(Remove());
        command.Subcommands.Add(Sheet());
        return command;
    }

    private static Command List(string name, string description)
    {
        var options = new ExploreOptions("favourites.png");
        var command = new Command(name, description);
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            using ExploreModel model = options.Open(parsed);
            foreach (Favourite point in model.Favourites.Points)
            {
                string from = point.Seed is { } seed ? string.Create(CultureInfo.InvariantCulture, $"seed {seed}, truncation {point.Truncation}") : "";
                string kind = point.W.Length == model.Network.Shape.WDim ? "W" : "W+";
                Console.Out.WriteLine($"{point.Name,-20} {kind,-3} {string.Join("; ", new[] { from, point.Note ?? "", point.IsOfOther(model.Hash) ? "found in other weights" : "" }.Where(text => text.Length > 0))}");
            }
            Console.Out.WriteLine(model.Favourites.Points.Count == 0 ? $"no favourites yet; 'ainim explore favourites add NAME SEED -m {model.Name}' adds one" : $"in {model.FavouritesPath}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Add()
    {
        var options = new ExploreOptions("favourites.png");
        var name = new Argument<string>("name") { Description = "What to call it: lower-case letters, digits, '-' and '_'." };
        var point = new Argument<string>("point") { Description = "A seed, or another favourite." };
        var note = new Option<string?>("--note") { Description = "Something to remember." };
        var replace = new Option<bool>("--overwrite", "-y") { Description = "Replace the favourite of that name." };
        var command = new Command("add", "Keep a point under a name.") { name, point, note, replace };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            using ExploreModel model = options.Open(parsed);
            model.CheckNewFavourite(parsed.GetValue(name)!, parsed.GetValue(replace));
            LatentPoint found = model.Find(parsed.GetValue(point)!);
            model.AddFavourite(parsed.GetValue(name)!, found.W, found.Seed, parsed.GetValue(note));
            Console.Out.WriteLine($"kept '{parsed.GetValue(name)}' in {model.FavouritesPath}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Remove()
    {
        var options = new ExploreOptions("favourites.png");
        var name = new Argument<string>("name") { Description = "Which." };
        var command = new Command("remove", "Forget one.") { name };
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            using ExploreModel model = options.Open(parsed);
            model.RemoveFavourite(parsed.GetValue(name)!);
            Console.Out.WriteLine($"removed '{parsed.GetValue(name)}' from {model.FavouritesPath}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Sheet()
    {
        var options = new ExploreOptions("favourites.png");
        var command = new Command("sheet", "All of them on one sheet.");
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed);
            using ExploreModel model = options.Open(parsed);
            LatentPoint[] points = [.. model.Favourites.Points.Select(point => model.Find(point.Name))];
            if (points.Length == 0)
                throw new AInimException(ExitCode.Usage, $"'{model.Name}' has no favourites yet. 'ainim explore favourites add NAME SEED' adds one.");
            ExploreSheets.Points(model, points, 8, options.Size(parsed), $"{model.Name}: favourites", output);
            Console.Out.WriteLine($"wrote {output}: {points.Length} favourites");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
