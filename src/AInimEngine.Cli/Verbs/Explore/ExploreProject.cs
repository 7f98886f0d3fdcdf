using System.CommandLine;
using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;
using AInimEngine.Neural.Latents;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore project</c>: finds a picture in a model, and keeps the place as a favourite.</summary>
public static class ExploreProject
{
    private const int ReportEvery = 50;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = new ExploreOptions("projection.png");
        var picture = new Argument<string>("picture") { Description = "A photo or drawing; its middle square is taken." };
        var steps = new Option<int>("--steps") { Description = "Steps of descent; Ctrl-C keeps the best so far.", DefaultValueFactory = _ => new ProjectionSettings().Steps };
        var name = new Option<string?>("--name") { Description = "Name of the favourite; the file's name if not given." };
        var inW = new Option<bool>("--w") { Description = "Stay in W: less like the picture, more like the model." };
        var command = new Command("project", "Find the latent whose picture is nearest to yours: first in W, then in W+. It becomes a favourite.") { picture, steps, name, inW };
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed), path = parsed.GetValue(picture)!;
            using var stop = new CancellationTokenSource();
            using var signals = new StopSignals(stop);
            using ExploreModel model = options.Open(parsed);
            var request = new ProjectionRequest
            {
                Picture = path,
                Name = parsed.GetValue(name) ?? NameOf(path),
                Settings = new ProjectionSettings { Steps = ExploreOptions.Within("--steps", parsed.GetValue(steps), 1, 100_000), OnlyW = parsed.GetValue(inW), Class = model.Class },
                Size = options.Size(parsed),
                Output = output,
            };
            model.CheckNewFavourite(request.Name, options.Overwrite(parsed));
            ProjectionResult result = ProjectionRun.Run(model, request, Report, stop.Token);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"found after {result.Steps} steps{(stop.IsCancellationRequested ? " (stopped)" : "")}: PSNR {result.Psnr:0.0} dB"));
            Console.Out.WriteLine($"wrote {output}; kept as favourite '{request.Name}' in {model.FavouritesPath}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Report(int step, double distance)
    {
        if (step % ReportEvery == 0)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}: distance {distance:0.0000}"));
    }

    private static string NameOf(string path)
    {
        string name = string.Concat(Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return name.Length == 0 || name.All(char.IsAsciiDigit) ? $"picture-{name}".TrimEnd('-') : name[..Math.Min(name.Length, 64)];
    }
}
