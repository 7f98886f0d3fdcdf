using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Engine.Offline;
using AInimEngine.Mapping;
using AInimEngine.Mapping.Presets;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim presets</c>: lists, shows and checks presets, and writes their schema.</summary>
public static class PresetsVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command("presets", "List presets; show or check one; write the schema that editors use.")
        {
            Show(),
            Check(),
            Schema(),
        };
        command.SetAction(_ => List());
        return command;
    }

    private static int List()
    {
        PresetLibrary library = Scene.Presets();
        foreach (PresetEntry entry in library.List())
        {
            // A broken preset of the user's must not hide the others.
            string description;
            try
            {
                description = Scene.ReadPreset(entry.Path).Description;
            }
            catch (AInimException error)
            {
                description = "cannot be used: " + error.Message;
            }
            Console.Out.WriteLine($"{entry.Name,-12} {description}{(entry.IsUser ? " (yours)" : "")}");
        }
        Console.Out.WriteLine();
        Console.Out.WriteLine($"Your own go into {Path.Combine(Installation.UserFolder, "presets")}; docs/presets.md explains them.");
        return (int)ExitCode.Success;
    }

    private static Command Show()
    {
        var name = new Argument<string>("preset") { Description = "Name or path." };
        var command = new Command("show", "Print a preset's JSON, to start your own from.") { name };
        command.SetAction(parsed =>
        {
            Console.Out.Write(File.ReadAllText(Scene.Presets().Resolve(parsed.GetValue(name)!)));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Check()
    {
        var name = new Argument<string>("preset") { Description = "Name or path." };
        var command = new Command("check", "Say whether a preset can be used, and what is wrong with it if not.") { name };
        command.SetAction(async (parsed, _) =>
        {
            using Scene scene = Scene.Load(parsed.GetValue(name)!, 160, 90, seed: null);
            Mapper mapper = scene.CreateMapper();
            using PainterThread painter = await PainterThread.StartAsync(() => new FramePainter(scene, mapper.Layout, 160, 90, new StageTimes()));
            Console.Out.WriteLine($"{scene.Preset.Name}: fine; {scene.Preset.Modulations.Count} modulations, {scene.Preset.Post.Count} shaders, {scene.Generator.Name}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON schema of presets, made from the parameters of this installation.");
        command.SetAction(_ =>
        {
            Console.Out.WriteLine(PresetSchema.Generate(Scene.FullVocabulary()).TrimEnd());
            return (int)ExitCode.Success;
        });
        return command;
    }
}
