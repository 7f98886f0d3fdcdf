using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Neural.Models;

namespace AInimEngine.Cli.Verbs.Models;

/// <summary><c>ainim models list</c>: the models that have a name.</summary>
public static class ModelsList
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("list", "List the models that can be used by name.");
        command.SetAction(_ => Run());
        return command;
    }

    /// <summary>Writes the list.</summary>
    public static int Run()
    {
        foreach (ModelEntry entry in InstalledModels.Library().List())
            Console.Out.WriteLine($"{entry.Name,-16} {Describe(entry)}{(entry.IsUser ? " (yours)" : "")}");
        Console.Out.WriteLine();
        Console.Out.WriteLine($"'ainim models import FILE' puts your own into {InstalledModels.UserFolder}; docs/models.md explains them.");
        return (int)ExitCode.Success;
    }

    // A broken model of the user's must not hide the others.
    private static string Describe(ModelEntry entry)
    {
        try
        {
            return ModelText.Summary(ModelFile.ReadCard(entry.Path));
        }
        catch (AInimException error)
        {
            return "cannot be used: " + error.Message;
        }
    }
}
