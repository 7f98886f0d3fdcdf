using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Sheets;

namespace AInimEngine.Cli.Verbs.Models;

/// <summary><c>ainim models sheet NAME</c>: pictures of many seeds side by side, to choose places and anchors from.</summary>
public static class ModelsSheet
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("model") { Description = "Name or file of a model." };
        var output = new Option<string?>("--output", "-o") { Description = "The PNG to make; MODEL-sheet.png if not given." };
        var first = new Option<ulong>("--from") { Description = "First seed.", DefaultValueFactory = _ => 0UL };
        var count = new Option<int>("--count") { Description = "Number of pictures, 1 to 1024.", DefaultValueFactory = _ => 48 };
        var columns = new Option<int>("--columns") { Description = "Pictures in a row, 1 to 64.", DefaultValueFactory = _ => 8 };
        var size = new Option<string>("--size") { Description = "Size of one picture, pixels: 128, or 224x126 for the shape of a video.", DefaultValueFactory = _ => "128" };
        var truncation = new Option<float>("--truncation") { Description = "1 as trained and as presets play seeds, less is nearer to the mean ('explore sheet' shows 0.7); -1 to 2.", DefaultValueFactory = _ => 1f };
        var overwrite = new Option<bool>("--overwrite", "-y") { Description = "Replace the output if it exists." };
        var command = new Command("sheet", "Make a contact sheet of a model's seeds; presets name them as places and anchors.") { name, output, first, count, columns, size, truncation, overwrite };
        command.SetAction(parsed =>
        {
            string model = parsed.GetValue(name)!;
            (int width, int height) = ReadSize(parsed.GetValue(size)!);
            int pictures = Within("--count", parsed.GetValue(count), 1, 1024);
            float psi = parsed.GetValue(truncation);
            if (!(psi is >= -1 and <= 2))
                throw new AInimException(ExitCode.Usage, $"--truncation {psi} is outside -1..2.");
            var request = new SheetRequest
            {
                Output = parsed.GetValue(output) ?? Path.GetFileNameWithoutExtension(model) + "-sheet.png",
                Model = model,
                FirstSeed = parsed.GetValue(first),
                Count = pictures,
                Columns = Math.Min(Within("--columns", parsed.GetValue(columns), 1, 64), pictures),
                Width = width,
                Height = height,
                Kind = SheetKind.Points,
                Truncation = psi,
                Overwrite = parsed.GetValue(overwrite),
            };
            ContactSheet.Make(request);
            Console.Out.WriteLine($"wrote {request.Output}: {request.Count} pictures, rows of {request.Columns}, from seed {request.FirstSeed}, truncation {psi:g4}");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static (int Width, int Height) ReadSize(string text)
    {
        string[] parts = text.Split('x', 'X');
        if (parts.Length is 1 or 2 && int.TryParse(parts[0], out int width) && int.TryParse(parts[^1], out int height) && width is >= 16 and <= 1920 && height is >= 16 and <= 1920)
            return (width, height);
        throw new AInimException(ExitCode.Usage, $"cannot read --size '{text}'; give pixels from 16 to 1920, as 128 or 224x126.");
    }

    private static int Within(string option, int value, int min, int max) => value >= min && value <= max
        ? value
        : throw new AInimException(ExitCode.Usage, $"{option} {value} is outside {min}..{max}.");
}
