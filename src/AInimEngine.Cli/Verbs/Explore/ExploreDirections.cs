using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;
using AInimEngine.Neural.Latents;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore directions</c>: what can be changed in a model's pictures, a sheet for each band of layers.</summary>
public static class ExploreDirections
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = new ExploreOptions("directions.png");
        var method = new Option<string>("--method") { Description = "sefa: from the weights; ganspace: from 50,000 samples of w.", DefaultValueFactory = _ => "sefa" };
        method.AcceptOnlyFromAmong("sefa", "ganspace");
        var count = new Option<int>("--count") { Description = "Directions of each band.", DefaultValueFactory = _ => 8 };
        var point = new Option<string>("--point") { Description = "Seed or favourite in the middle of the strips.", DefaultValueFactory = _ => "1" };
        var command = new Command("directions", "Find directions that change pictures, band by band, strongest first: a PNG each, named x-coarse.png and so on, and x.json.") { method, count, point };
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed);
            using var stop = new CancellationTokenSource();
            using var signals = new StopSignals(stop);
            using ExploreModel model = options.Open(parsed);
            var request = new DirectionRequest
            {
                Method = parsed.GetValue(method)!,
                Count = ExploreOptions.Within("--count", parsed.GetValue(count), 1, 32),
                Point = model.Find(parsed.GetValue(point)!),
                Size = options.Size(parsed),
                Output = output,
                Overwrite = options.Overwrite(parsed),
            };
            long start = Stopwatch.GetTimestamp();
            DirectionFindings found = DirectionSearch.Run(model, request, Console.Error.WriteLine, stop.Token);
            foreach (LatentDirection direction in found.Directions)
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{direction.Name,-12} layers {direction.FirstLayer}-{direction.FirstLayer + direction.LayerCount - 1}, changes the picture by {direction.ImageChange:0.0000} a unit, strip to {direction.Extent:0.0}"));
            foreach (string file in found.Files)
                Console.Out.WriteLine($"wrote {file}");
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"found in {found.FindingSeconds:0.00} s, measured and drawn in {Stopwatch.GetElapsedTime(start).TotalSeconds - found.FindingSeconds:0.0} s"));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
