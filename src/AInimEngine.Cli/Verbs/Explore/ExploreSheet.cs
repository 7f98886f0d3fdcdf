using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore sheet</c>: many seeds to choose from.</summary>
public static class ExploreSheet
{
    private const int MostClasses = 64;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = new ExploreOptions("seeds.png");
        var first = new Option<ulong>("--from") { Description = "First seed.", DefaultValueFactory = _ => 0UL };
        var count = new Option<int>("--count") { Description = "Number of pictures.", DefaultValueFactory = _ => 40 };
        var columns = new Option<int>("--columns") { Description = "Pictures in a row.", DefaultValueFactory = _ => 8 };
        var classes = new Option<bool>("--classes") { Description = $"A row for each class (the first {MostClasses}), the same seeds in each; --count is the length of a row, --columns its limit." };
        var command = new Command("sheet", "Many seeds on one sheet, to choose from.") { first, count, columns, classes };
        options.AddSheetTo(command);
        command.SetAction(parsed =>
        {
            string output = options.Output(parsed);
            int pictures = ExploreOptions.Within("--count", parsed.GetValue(count), 1, 1024);
            using ExploreModel model = options.Open(parsed);
            if (parsed.GetValue(classes))
                return ByClass(model, parsed.GetValue(first), Math.Min(pictures, parsed.GetValue(columns)), options.Size(parsed), options.TruncationText(parsed), output);
            LatentPoint[] points = [.. Enumerable.Range(0, pictures).Select(i => model.FromSeed(parsed.GetValue(first) + (ulong)i))];
            ExploreSheets.Points(model, points, ExploreOptions.Within("--columns", parsed.GetValue(columns), 1, 64), options.Size(parsed), $"{model.Name}: seeds, {options.TruncationText(parsed)}", output);
            Console.Out.WriteLine($"wrote {output}: {pictures} seeds from {parsed.GetValue(first)}, {options.TruncationText(parsed)}");
            Console.Out.WriteLine($"'ainim explore favourites add NAME SEED -m {model.Name}' keeps one.");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static int ByClass(ExploreModel model, ulong first, int count, int size, string truncation, string output)
    {
        if (model.Classes == 0)
            throw new AInimException(ExitCode.Usage, $"--classes: the model '{model.Name}' has no classes.");
        int rows = Math.Min(model.Classes, MostClasses);
        LatentPoint[] points = [.. Enumerable.Range(0, rows).SelectMany(one => Enumerable.Range(0, count)
            .Select(i => model.FromSeed(first + (ulong)i, one) with { Name = $"{model.ClassName(one)} {first + (ulong)i}" }))];
        ExploreSheets.Points(model, points, count, size, $"{model.Name}: classes, {truncation}", output);
        Console.Out.WriteLine($"wrote {output}: {rows} classes, {count} seeds from {first} each");
        return (int)ExitCode.Success;
    }
}
