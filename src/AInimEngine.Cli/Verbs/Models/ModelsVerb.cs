using System.CommandLine;

namespace AInimEngine.Cli.Verbs.Models;

/// <summary><c>ainim models</c>: lists, shows and imports the networks that make pictures.</summary>
public static class ModelsVerb
{
    /// <summary>Makes the verb; every part of it is one line here and a file of its own.</summary>
    public static Command Create()
    {
        var command = new Command("models", "List models; show one, or a sheet of its pictures; import StyleGAN2, rosinality and FastGAN checkpoints.")
        {
            ModelsList.Create(),
            ModelsShow.Create(),
            ModelsImport.Create(),
            ModelsSheet.Create(),
            ModelsDecode.Create(),
        };
        command.SetAction(_ => ModelsList.Run());
        return command;
    }
}
