using System.CommandLine;
using System.CommandLine.Parsing;
using AInimEngine.Cli.Output;
using AInimEngine.Cli.Verbs;
using AInimEngine.Cli.Verbs.Devices;
using AInimEngine.Cli.Verbs.Explore;
using AInimEngine.Cli.Verbs.Models;
using AInimEngine.Core.Errors;

namespace AInimEngine.Cli;

/// <summary>The command line: one verb a class, one line an error, documented exit codes.</summary>
public static class Program
{
    /// <summary>Runs a verb and ends with an <see cref="ExitCode"/>.</summary>
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("AInimEngine makes pictures out of music with neural networks. Beside the verbs below, './ainim test' runs every test.")
        {
            RenderVerb.Create(),
            AnalyzeVerb.Create(),
            DemoVerb.Create(),
            SheetVerb.Create(),
            PresetsVerb.Create(),
            ModelsVerb.Create(),
            ExploreVerb.Create(),
            TrainVerb.Create(),
            LiveVerb.Create(),
            DevicesVerb.Create(),
            FlashcheckVerb.Create(),
            DoctorVerb.Create(),
            BenchVerb.Create(),
            WorkerVerb.Create(),
        };
        root.Options.Add(CommonOptions.Verbose);

        // File names come from people: "@x" is a name, not a response file, and "-ab.wav" is not three options.
        var configuration = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args, configuration);
        string verb = PathOf(parsed.CommandResult);
        // To "analyze", --json is a file.
        bool isEvents = parsed.CommandResult.Command.Name != AnalyzeVerb.Name && args.TakeWhile(word => word != "--").Contains("--json");
        JsonEvents? events = isEvents ? JsonEvents.Start() : null;
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            // "Unrecognized ..." names what was typed; "Required ..." is often only what follows from it.
            string message = (parsed.Errors.FirstOrDefault(e => e.Message.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? parsed.Errors[0]).Message;
            return ErrorReport.Write(verb, new AInimException(ExitCode.Usage, $"{ParseAdvice.InWords(message)}{ParseAdvice.For(parsed)} Run '{verb} --help' for what it takes."), verbose: false, events);
        }

        bool verbose = parsed.GetValue(CommonOptions.Verbose);
        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception error)
        {
            return ErrorReport.Write(verb, error, verbose, events);
        }
    }

    // "ainim presets check".
    private static string PathOf(CommandResult command) => command.Parent is CommandResult parent
        ? $"{PathOf(parent)} {command.Command.Name}"
        : "ainim";
}
