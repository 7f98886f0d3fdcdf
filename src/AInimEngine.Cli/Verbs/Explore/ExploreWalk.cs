using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore walk</c>: what lies between points.</summary>
public static class ExploreWalk
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = new ExploreOptions("walk.png");
        var points = new Option<string>("--points") { Description = "Seeds and favourites to pass, separated by commas.", DefaultValueFactory = _ => "1,2,3,4" };
        var steps = new Option<int>("--steps") { Description = "Pictures from one point to the next, both included.", DefaultValueFactory = _ => 8 };
        var command = new Command("walk", "Show the way from point to point, a row from each to the next.") { points, steps };
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed);
            using ExploreModel model = options.Open(parsed);
            LatentPoint[] stops = ExploreOptions.Points(model, "--points", parsed.GetValue(points)!, 2);
            ExploreSheets.Walk(model, stops, ExploreOptions.Within("--steps", parsed.GetValue(steps), 2, 64), options.Size(parsed), output);
            Console.Out.WriteLine($"wrote {output}: {stops.Length - 1} ways");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
