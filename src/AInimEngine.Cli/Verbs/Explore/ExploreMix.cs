using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore mix</c>: some layers of one point in another.</summary>
public static class ExploreMix
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = new ExploreOptions("mix.png");
        var rows = new Option<string>("--rows") { Description = "Seeds and favourites that give the rest, separated by commas.", DefaultValueFactory = _ => "1,2,3,4" };
        var columns = new Option<string>("--columns") { Description = "Seeds and favourites that give the layers.", DefaultValueFactory = _ => "5,6,7,8,9,10" };
        var layers = new Option<string>("--layers") { Description = "Which layers the columns give: coarse, mid, fine, or numbers as in 2-5.", DefaultValueFactory = _ => "coarse" };
        var command = new Command("mix", "Mix styles: every row's point with some layers of every column's.") { rows, columns, layers };
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed);
            using ExploreModel model = options.Open(parsed);
            LatentPoint[] side = ExploreOptions.Points(model, "--rows", parsed.GetValue(rows)!, 1), top = ExploreOptions.Points(model, "--columns", parsed.GetValue(columns)!, 1);
            ExploreSheets.Mix(model, side, top, ExploreSheets.Band(model, parsed.GetValue(layers)!), options.Size(parsed), output);
            Console.Out.WriteLine($"wrote {output}: {side.Length} rows, {top.Length} columns");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
