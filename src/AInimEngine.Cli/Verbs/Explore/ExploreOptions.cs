using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Explore;
using AInimEngine.Media.Muxing;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary>What every part of <c>ainim explore</c> takes.</summary>
internal sealed class ExploreOptions
{
    private readonly Option<string> _model = new("--model", "-m") { Description = "Name or path of the model.", DefaultValueFactory = _ => "flames64" };
    private readonly Option<double> _truncation = new("--truncation") { Description = "Of points made from seeds: 0 the mean picture, 1 none, as presets play seeds and 'models sheet' shows them.", DefaultValueFactory = _ => 0.7 };
    private readonly Option<int?> _cutoff = new("--cutoff") { Description = "Truncate only so many layers, from the coarsest." };
    private readonly Option<string?> _class = new("--class") { Description = "Name or number of the class, for models with classes." };
    private readonly Option<string?> _favourites = new("--favourites") { Description = "File of favourites; the user's own of that model if not given." };
    private readonly Option<int> _size = new("--size") { Description = "Side of one picture on a sheet, pixels.", DefaultValueFactory = _ => 128 };
    private readonly Option<string> _output;
    private readonly Option<bool> _overwrite = new("--overwrite", "-y") { Description = "Replace the output if it exists." };

    /// <summary>Makes them.</summary>
    /// <param name="output">Name of the sheet where none is given.</param>
    public ExploreOptions(string output) =>
        _output = new Option<string>("--output", "-o") { Description = "The PNG to make.", DefaultValueFactory = _ => output };

    /// <summary>Adds them to a command that opens a model.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _model, _truncation, _cutoff, _class, _favourites })
            command.Options.Add(option);
    }

    /// <summary>Adds those of a command that makes a sheet.</summary>
    public void AddSheetTo(Command command)
    {
        AddTo(command);
        foreach (Option option in new Option[] { _size, _output, _overwrite })
            command.Options.Add(option);
    }

    /// <summary>Opens the model.</summary>
    public ExploreModel Open(ParseResult parsed) => ExploreModel.Open(new ExploreSettings
    {
        Model = parsed.GetValue(_model)!,
        Truncation = parsed.GetValue(_truncation) is var psi && Math.Abs(psi) <= 4 ? psi : throw new AInimException(ExitCode.Usage, "--truncation is a number from -4 to 4."),
        Cutoff = parsed.GetValue(_cutoff) is { } cutoff ? Within("--cutoff", cutoff, 0, 64) : null,
        Class = parsed.GetValue(_class),
        Favourites = parsed.GetValue(_favourites),
    });

    /// <summary>Side of a picture.</summary>
    public int Size(ParseResult parsed) => Within("--size", parsed.GetValue(_size), 16, 1024);

    /// <summary>The sheet's path, checked before minutes of work.</summary>
    public string Output(ParseResult parsed)
    {
        string path = parsed.GetValue(_output)!;
        if (!Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
            throw new AInimException(ExitCode.Usage, $"a sheet is a PNG; '{path}' does not end in .png.");
        Finisher.CheckOutput(path, parsed.GetValue(_overwrite));
        return path;
    }

    /// <summary>What is said of points made from seeds, e.g. "truncation 0.7".</summary>
    public string TruncationText(ParseResult parsed) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"truncation {parsed.GetValue(_truncation):g4}");

    /// <summary>Whether files may be replaced.</summary>
    public bool Overwrite(ParseResult parsed) => parsed.GetValue(_overwrite);

    /// <summary>Points by name, separated by commas.</summary>
    public static LatentPoint[] Points(ExploreModel model, string option, string list, int least, int most = 64)
    {
        string[] names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length >= least && names.Length <= most
            ? [.. names.Select(model.Find)]
            : throw new AInimException(ExitCode.Usage, $"{option} takes {least} to {most} seeds and favourites, separated by commas; '{list}' has {names.Length}.");
    }

    /// <summary>A number in its range.</summary>
    public static int Within(string option, int value, int min, int max) => value >= min && value <= max
        ? value
        : throw new AInimException(ExitCode.Usage, $"{option} {value} is outside {min}..{max}.");
}
