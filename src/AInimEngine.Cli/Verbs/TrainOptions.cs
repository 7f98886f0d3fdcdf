using System.CommandLine;
using System.CommandLine.Parsing;
using AInimEngine.Core.Errors;
using AInimEngine.Engine;
using AInimEngine.Neural.Models;
using AInimEngine.Training;
using AInimEngine.Training.Data;
using AInimEngine.Training.Runs;

namespace AInimEngine.Cli.Verbs;

/// <summary>The dials of <c>ainim train</c>.</summary>
internal sealed class TrainOptions
{
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The model to make (.safetensors); named like the pictures if not given." };
    private readonly Option<int?> _size = new("--size") { Description = "Width and height of what the model makes: 16, 32, 64 and so on to 1024. Chosen by the pictures if not given, at most 128 without a GPU." };
    private readonly Option<double?> _minutes = new("--minutes") { Description = $"How long to train, over all sittings; {TrainingRequest.DefaultMinutes:0} if nothing is said." };
    private readonly Option<double?> _kimg = new("--kimg") { Description = "How long to train instead: thousands of pictures seen." };
    private readonly Option<int?> _width = new("--width") { Description = "Size of the network: a layer at r pixels has WIDTH / r channels. 2048 on a CPU; 1024 is twice as fast and less good." };
    private readonly Option<string> _architecture = new("--architecture") { Description = "sm (learns best in hours on a CPU) or sg2 (StyleGAN2, for long runs on a GPU).", DefaultValueFactory = _ => "sm" };
    private readonly Option<bool> _classes = new("--classes") { Description = "Sub-folders are classes, which presets can choose." };
    private readonly Option<int?> _creative = new("--creative") { Description = "Leave the known styles: learn to be hard to place among K styles, found in the pictures, or those of the sub-folders without a number.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _from = new("--from") { Description = "Go on from a model (name or file) instead of from nothing: much faster." };
    private readonly Option<bool> _grow = new("--grow") { Description = "With --from: twice as large as that model." };
    private readonly Option<bool> _noMirror = new("--no-mirror") { Description = "Never mirror pictures: for those with text or a left and a right." };
    private readonly Option<string> _crop = new("--crop") { Description = "Which square of a picture: centre, or smart (where most is going on).", DefaultValueFactory = _ => "centre" };
    private readonly Option<string> _backdrop = new("--backdrop") { Description = "What lies behind transparent pixels: black, or white (for drawings in dark ink).", DefaultValueFactory = _ => "black" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Another beginning, another model: a whole number from 0." };
    private readonly Option<string> _loss = new("--loss") { Description = "logistic, or relativistic (steadier, slower).", DefaultValueFactory = _ => "logistic" };
    private readonly Option<string?> _licence = new("--licence") { Description = "What the model's card says of its licence." };
    private readonly Option<double> _checkpoint = new("--checkpoint-minutes") { Description = "Most minutes that a crash can cost.", DefaultValueFactory = _ => TrainingRequest.DefaultCheckpointMinutes };
    private readonly Option<double?> _measure = new("--measure-kimg") { Description = "Measure and show a sheet every so many thousand pictures; derived if not given." };
    private readonly Option<bool> _overwrite = new("--overwrite", "-y") { Description = "Replace the output, and another run of it, if they exist." };

    /// <summary>Adds all of them to the verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_output, _size, _minutes, _kimg, _width, _architecture, _classes, _creative, _from, _grow, _noMirror, _crop, _backdrop, _seed, _loss, _licence, _checkpoint, _measure, _overwrite])
            command.Options.Add(option);
    }

    /// <summary>The output that was named; null if none was.</summary>
    public string? Output(ParseResult parsed) => parsed.GetValue(_output);

    /// <summary>Reads a new request.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="pictures">What to learn from.</param>
    public TrainingRequest Read(ParseResult parsed, string pictures) => Read(parsed, new TrainingRequest
    {
        Data = Path.GetFullPath(pictures),
        Output = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(pictures))) + ModelFile.Extension,
        CacheFolder = "",
    });

    /// <summary>Reads what was said over a request; what was not said stays.</summary>
    /// <exception cref="AInimException">A value cannot be read.</exception>
    public TrainingRequest Read(ParseResult parsed, TrainingRequest request)
    {
        bool saysHowLong = Says(parsed, _minutes) || Says(parsed, _kimg);
        return request with
        {
            Output = parsed.GetValue(_output) ?? request.Output,
            // This user's, also for a run that somebody else began.
            CacheFolder = Path.Combine(Installation.CacheFolder, "training"),
            Size = parsed.GetValue(_size) ?? request.Size,
            Minutes = saysHowLong ? parsed.GetValue(_minutes) : request.Minutes,
            Kimg = saysHowLong ? parsed.GetValue(_kimg) : request.Kimg,
            Width = parsed.GetValue(_width) ?? request.Width,
            Architecture = Says(parsed, _architecture) ? ReadArchitecture(parsed.GetValue(_architecture)!) : request.Architecture,
            Classes = parsed.GetValue(_classes) || request.Classes,
            Creative = Says(parsed, _creative) ? parsed.GetValue(_creative) ?? 0 : request.Creative,
            From = parsed.GetValue(_from) is { } from ? Path.GetFullPath(InstalledModels.Library().Resolve(from)) : request.From,
            Grow = parsed.GetValue(_grow) || request.Grow,
            Mirror = !parsed.GetValue(_noMirror) && request.Mirror,
            SmartCrop = Says(parsed, _crop) ? ReadCrop(parsed.GetValue(_crop)!) : request.SmartCrop,
            Backdrop = Says(parsed, _backdrop) ? ReadBackdrop(parsed.GetValue(_backdrop)!) : request.Backdrop,
            Seed = Says(parsed, _seed) ? parsed.GetValue(_seed) : request.Seed,
            Loss = Says(parsed, _loss) ? ReadLoss(parsed.GetValue(_loss)!) : request.Loss,
            Licence = parsed.GetValue(_licence) ?? request.Licence,
            CheckpointMinutes = Says(parsed, _checkpoint) ? parsed.GetValue(_checkpoint) : request.CheckpointMinutes,
            MeasureKimg = parsed.GetValue(_measure) ?? request.MeasureKimg,
            Overwrite = parsed.GetValue(_overwrite),
        };
    }

    private static bool Says(ParseResult parsed, Option option) => parsed.GetResult(option) is OptionResult { Implicit: false };

    private static ModelArchitecture ReadArchitecture(string text) => text.ToLowerInvariant() switch
    {
        "sm" => ModelArchitecture.Sm,
        "sg2" => ModelArchitecture.Sg2,
        _ => throw new AInimException(ExitCode.Usage, $"cannot read --architecture '{text}'; give sm or sg2."),
    };

    private static bool ReadCrop(string text) => text.ToLowerInvariant() switch
    {
        "centre" or "center" => false,
        "smart" => true,
        _ => throw new AInimException(ExitCode.Usage, $"cannot read --crop '{text}'; give centre or smart."),
    };

    private static Backdrop ReadBackdrop(string text) => text.ToLowerInvariant() switch
    {
        "black" => Backdrop.Black,
        "white" => Backdrop.White,
        _ => throw new AInimException(ExitCode.Usage, $"cannot read --backdrop '{text}'; give black or white."),
    };

    private static AdversarialLoss ReadLoss(string text) => text.ToLowerInvariant() switch
    {
        "logistic" => AdversarialLoss.Logistic,
        "relativistic" => AdversarialLoss.Relativistic,
        _ => throw new AInimException(ExitCode.Usage, $"cannot read --loss '{text}'; give logistic or relativistic."),
    };
}
