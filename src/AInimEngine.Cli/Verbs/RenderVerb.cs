using System.CommandLine;
using AInimEngine.Cli.Output;
using AInimEngine.Engine.Offline;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim render song.mp3 -o song.mp4</c>: a track in, a music video out.</summary>
public static class RenderVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var input = new Argument<string>("track") { Description = "A sound file, or a video whose sound is meant." };
        var output = new Option<string?>("--output", "-o") { Description = "The video to make (.mp4, .mov, .mkv, .webm, .gif); beside the track if not given." };
        var json = new Option<bool>("--json") { Description = "Progress as one JSON object a line on standard output." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only warnings and errors." };
        var options = new RenderOptions();
        var command = new Command("render", "Turn a track into a music video.") { input, output, json, quiet };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            string track = parsed.GetValue(input)!;
            RenderRequest request = options.Read(parsed, track, parsed.GetValue(output) ?? options.OutputFor(parsed, track));
            return RenderSession.RunAsync(request, parsed.GetValue(json), parsed.GetValue(quiet), parsed.GetValue(CommonOptions.Verbose), cancellation);
        });
        return command;
    }
}
