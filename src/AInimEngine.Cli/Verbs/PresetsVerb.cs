using System.CommandLine;
using System.Text.Json;
using AInimEngine.Cli.Output;
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
            New(),
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
        Console.Out.WriteLine($"Your own go into {UserFolder}: 'ainim presets new NAME' begins one there; docs/presets.md explains them.");
        return (int)ExitCode.Success;
    }

    private static Command Show()
    {
        var name = new Argument<string>("preset") { Description = "Name or path." };
        var command = new Command("show", "Print a preset's JSON, to start your own from.") { name };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Text(parsed.GetValue(name)!));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static Command New()
    {
        var name = new Argument<string>("name") { Description = "Name of your preset: small letters, digits, hyphens." };
        var from = new Option<string>("--from") { Description = "The preset to start from.", DefaultValueFactory = _ => RenderRequest.DefaultPreset };
        var command = new Command("new", "Begin a preset of your own, as a copy of another.") { name, from };
        command.SetAction(parsed =>
        {
            string own = parsed.GetValue(name)!;
            if (own.Length is 0 or > 64 || own.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
                throw new AInimException(ExitCode.Usage, $"'{own}' is no name for a preset. Use small letters, digits and hyphens.");
            string text = Text(parsed.GetValue(from)!), path = Path.Combine(UserFolder, own + ".json");
            try
            {
                Directory.CreateDirectory(UserFolder);
                using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
                file.Write(text);
            }
            catch (IOException) when (File.Exists(path))
            {
                throw new AInimException(ExitCode.Output, $"'{path}' exists. Edit it, or choose another name.");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new AInimException(ExitCode.Output, $"cannot write '{path}': {SystemReason.Of(error)}", error);
            }
            Console.Out.WriteLine($"wrote {path}");
            Console.Out.WriteLine($"'ainim presets check {own}' checks it, 'ainim render TRACK --preset {own}' plays it.");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string UserFolder => Path.Combine(Installation.UserFolder, "presets");

    // Beside the engine's presets lies their schema; a copy elsewhere has to name it in full, so that editors find it.
    private static string Text(string name)
    {
        string schema = JsonSerializer.Serialize(Path.Combine(Installation.Presets, "schema.json"));
        return File.ReadAllText(Scene.Presets().Resolve(name)).Replace("\"./schema.json\"", schema, StringComparison.Ordinal);
    }

    private static Command Check()
    {
        var name = new Argument<string>("preset") { Description = "Name or path." };
        var command = new Command("check", "Say whether a preset can be used, and what is wrong with it if not.") { name };
        command.SetAction(async (parsed, _) =>
        {
            using Scene scene = Scene.Load(parsed.GetValue(name)!, 160, 90, seed: null, warnings: new ConsoleWarnings(null));
            Mapper mapper = scene.CreateMapper();
            using PainterThread painter = await PainterThread.StartAsync(() => new FramePainter(scene, mapper.Layout, 160, 90, new StageTimes()));
            string verdict = Scene.ReadPreset(parsed.GetValue(name)!).Generator.Model is not null && scene.Preset.Generator.Model is null ? "can be used, but not with its model" : "fine";
            Console.Out.WriteLine($"{scene.Preset.Name}: {verdict}; {scene.Preset.Modulations.Count} modulations, {scene.Preset.Post.Count} shaders, {scene.Generator.Name}");
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
