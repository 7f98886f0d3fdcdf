using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim worker</c>: a generator in a process of its own. The engine starts it; people do not.</summary>
public static class WorkerVerb
{
    private const string Name = "worker";

    /// <summary>Program and arguments that start a worker of this very build.</summary>
    public static IReadOnlyList<string> Command => [.. ThisProgram.Command, Name];

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var memory = new Argument<string>("memory") { Description = "Path of the memory shared with the engine." };
        var command = new Command(Name, "Make pictures for another process of the engine.") { memory };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            GeneratorWorker.Run(parsed.GetValue(memory)!, description => GeneratorFactory.CreateInWorker(GeneratorDescription.FromJson(description)));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
