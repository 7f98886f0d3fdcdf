using System.CommandLine;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim render song.mp3 -o song.mp4</c>: a track in, a music video out.</summary>
public static class RenderVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var input = new Argument<string?>("track") { Description = "A sound file, or a video whose sound is meant. Not with --show.", Arity = ArgumentArity.ZeroOrOne };
        var show = new Option<string?>("--show") { Description = "Make the video of a show instead: the folder that 'ainim live --log' wrote. Size and rate are the show's if not given." };
        var output = new Option<string?>("--output", "-o") { Description = "The video to make (.mp4, .mov, .mkv, .webm, .gif); beside the track or the show if not given." };
        var json = new Option<bool>("--json") { Description = "Progress as one JSON object a line on standard output." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only warnings and errors." };
        var options = new RenderOptions();
        var command = new Command("render", "Turn a track into a music video.") { input, show, output, json, quiet };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            string? track = parsed.GetValue(input);
            if (parsed.GetValue(show) is { } log)
                return track is null
                    ? ShowSession.RunAsync(options.ReadShow(parsed, log, parsed.GetValue(output)), parsed.GetValue(json), parsed.GetValue(quiet), cancellation)
                    : throw new AInimException(ExitCode.Usage, $"--show has its own sound: leave '{track}' out.");
            if (track is null)
                throw new AInimException(ExitCode.Usage, "name a track to render, or a show with --show.");
            RenderRequest request = options.Read(parsed, track, parsed.GetValue(output) ?? options.OutputFor(parsed, track));
            return RenderSession.RunAsync(request, parsed.GetValue(json), parsed.GetValue(quiet), parsed.GetValue(CommonOptions.Verbose), cancellation);
        });
        return command;
    }
}
