using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore sheet</c>: many seeds to choose from.</summary>
public static class ExploreSheet
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = new ExploreOptions("seeds.png");
        var first = new Option<ulong>("--from") { Description = "First seed.", DefaultValueFactory = _ => 0UL };
        var count = new Option<int>("--count") { Description = "Number of pictures.", DefaultValueFactory = _ => 40 };
        var columns = new Option<int>("--columns") { Description = "Pictures in a row.", DefaultValueFactory = _ => 8 };
        var command = new Command("sheet", "Many seeds on one sheet, to choose from.") { first, count, columns };
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed);
            int pictures = ExploreOptions.Within("--count", parsed.GetValue(count), 1, 1024);
            using ExploreModel model = options.Open(parsed);
            LatentPoint[] points = [.. Enumerable.Range(0, pictures).Select(i => model.FromSeed(parsed.GetValue(first) + (ulong)i))];
            ExploreSheets.Points(model, points, ExploreOptions.Within("--columns", parsed.GetValue(columns), 1, 64), options.Size(parsed), $"{model.Name}: seeds", output);
            Console.Out.WriteLine($"wrote {output}: {pictures} seeds from {parsed.GetValue(first)}");
            Console.Out.WriteLine($"'ainim explore favourites add NAME SEED -m {model.Name}' keeps one.");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
