using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Engine.Offline;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim demo</c>: a video of the bundled track, to see that everything works.</summary>
public static class DemoVerb
{
    private static string DefaultOutput { get; } = Path.Combine("out", "demo.mp4");

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var output = new Option<string>("--output", "-o") { Description = "The video to make.", DefaultValueFactory = _ => DefaultOutput };
        var json = new Option<bool>("--json") { Description = "Progress as one JSON object a line on standard output." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only warnings and errors." };
        var options = new RenderOptions();
        var command = new Command("demo", "Make a video of the bundled track.") { output, json, quiet };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            string target = parsed.GetValue(output)!;

            // Running the demo again replaces the demo: nobody keeps work in out/demo.mp4.
            bool overwrite = target == DefaultOutput || options.Overwrite(parsed);
            RenderRequest request = options.Read(parsed, Installation.DemoTrack, target) with { Overwrite = overwrite };

            // The bundled track dies away at its end, and so does its picture.
            if (!options.Fade(parsed) && request.ToSeconds is null)
                request = request with { FadeOutSeconds = 1.5 };
            if (target == DefaultOutput)
                MakeFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
            return RenderSession.RunAsync(request, parsed.GetValue(json), parsed.GetValue(quiet), parsed.GetValue(CommonOptions.Verbose), cancellation);
        });
        return command;
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot make the folder '{folder}': {error.Message} Name another output with -o.", error);
        }
    }
}
