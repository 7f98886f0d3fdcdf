using System.CommandLine;
using AInimEngine.Engine;
using AInimEngine.Engine.Offline;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim demo</c>: a video of the bundled track, to see that everything works.</summary>
public static class DemoVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var output = new Option<string>("--output", "-o") { Description = "The video to make.", DefaultValueFactory = _ => Path.Combine("out", "demo.mp4") };
        var json = new Option<bool>("--json") { Description = "Progress as one JSON object a line on standard output." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only warnings and errors." };
        var options = new RenderOptions();
        var command = new Command("demo", "Make a video of the bundled track.") { output, json, quiet };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            string target = parsed.GetValue(output)!;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);

            // Running the demo again replaces the demo: nobody keeps work in out/demo.mp4.
            RenderRequest request = options.Read(parsed, Installation.DemoTrack, target) with { Overwrite = true };
            return RenderSession.RunAsync(request, parsed.GetValue(json), parsed.GetValue(quiet), parsed.GetValue(CommonOptions.Verbose), cancellation);
        });
        return command;
    }
}
