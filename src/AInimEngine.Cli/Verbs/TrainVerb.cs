using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim train photos/ -o mine.safetensors</c>: an artist's pictures in, a generator that plays out.</summary>
public static class TrainVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var data = new Argument<string?>("pictures") { Description = "A folder of pictures (50 to 2,000 are best), or a film.", Arity = ArgumentArity.ZeroOrOne };
        var resume = new Option<string?>("--resume") { Description = "Go on with a run: its model, or its .training folder; the only one here if not named.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Progress as one JSON object a line on standard output." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only warnings and errors." };
        var options = new TrainOptions();
        var command = new Command("train", "Train a generator on your own pictures. The same command goes on where it was stopped.") { data, resume, json, quiet };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            bool isResume = parsed.GetResult(resume) is { Implicit: false };
            string? pictures = parsed.GetValue(data);
            TrainingRequest request = isResume
                ? Resumed(options, parsed, pictures, parsed.GetValue(resume))
                : options.Read(parsed, pictures ?? throw new AInimException(ExitCode.Usage, "there is nothing to learn from. Pass a folder of pictures or a film: ainim train photos/ -o mine.safetensors"));
            return TrainSession.RunAsync(request, parsed.GetValue(json), parsed.GetValue(quiet), parsed.GetValue(CommonOptions.Verbose), cancellation);
        });
        return command;
    }

    private static TrainingRequest Resumed(TrainOptions options, ParseResult parsed, string? pictures, string? named)
    {
        string output = RunFolder.Find(named ?? options.Output(parsed));
        TrainingRequest began = RunFolder.Describe(output)!.Request with { Output = output };
        return options.Read(parsed, pictures is null ? began : began with { Data = Path.GetFullPath(pictures) });
    }
}
